using System.Net;
using System.Net.Sockets;
using Parley.Server.Configuration;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class TurnPortsTests
{
    private readonly Dictionary<int, SocketError> _taken = [];
    private readonly List<int> _busy = [];

    [Fact]
    public void The_default_port_is_taken_if_it_is_free()
    {
        Find(configured: null).ShouldBe(3478);
        _busy.ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_default_port_in_use_the_next_free_one_is_taken_and_said()
    {
        Take(3478, 3479);

        Find(configured: null).ShouldBe(3480);
        _busy.ShouldBe([3478]);
    }

    [Fact]
    public void Where_all_neighbours_are_in_use_any_free_port_will_do()
    {
        Take([.. Enumerable.Range(3478, 21)]);

        Find(configured: null).ShouldBeGreaterThan(3498);
        _busy.ShouldBe([3478]);
    }

    [Fact]
    public void Zero_is_any_free_one_and_nothing_to_speak_of()
    {
        Find(configured: 0).ShouldBeGreaterThan(1023);
        _busy.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, "another program listens there")]
    [InlineData(SocketError.AccessDenied, "this user may not listen there")]
    public void A_port_that_is_configured_is_taken_or_nothing(SocketError error, string reason)
    {
        Find(configured: 3478).ShouldBe(3478);
        _taken[3478] = error;

        var fault = Should.Throw<ConfigurationException>(() => Find(configured: 3478));

        fault.Message.ShouldStartWith("Parley:Turn:Port cannot be 3478: ");
        fault.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData(SocketType.Stream, ProtocolType.Tcp)]
    [InlineData(SocketType.Dgram, ProtocolType.Udp)]
    public void A_port_that_is_in_use_by_either_protocol_is_in_use(SocketType type, ProtocolType protocol)
    {
        using var other = new Socket(AddressFamily.InterNetwork, type, protocol);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream)
        {
            other.Listen();
        }

        var port = ((IPEndPoint)other.LocalEndPoint!).Port;

        TurnPorts.Try(TurnPlanTests.Addresses("127.0.0.1"), port, withUdp: true).ShouldBe(SocketError.AddressAlreadyInUse);
    }

    [Fact]
    public void An_address_that_is_another_machines_is_named()
    {
        TurnPorts.Check(TurnPlanTests.Addresses("127.0.0.1", "0.0.0.0"), "Parley:Turn:Listen");

        var fault = Should.Throw<ConfigurationException>(() => TurnPorts.Check(TurnPlanTests.Addresses("127.0.0.1", "198.51.100.77"), "Parley:Turn:Listen"));

        fault.Message.ShouldBe("Parley:Turn:Listen has 198.51.100.77, which is no address of this machine");
    }

    private int Find(int? configured) =>
        new TurnPorts(_busy, (port, _) => _taken.GetValueOrDefault(port, SocketError.Success)).Find(configured, 3478, "Parley:Turn:Port", withUdp: true);

    private void Take(params int[] ports)
    {
        foreach (var port in ports)
        {
            _taken[port] = SocketError.AddressAlreadyInUse;
        }
    }
}
