using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Net.Turn;
using Parley.Server.Tests.Configuration;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;
using Parley.Stun.Binding;
using Parley.Stun.Turn.Client;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Tests.Turn;

/// <summary>
/// A class, an office, a whole school behind one address: what the limits are made for. With the limits of a server that nobody has
/// configured, its accounts, and both engines of TURN, in virtual time.
/// </summary>
public sealed class ThirtyPeopleTests
{
    private const int People = 30;

    private static readonly TransportProtocol[] Ways = [TransportProtocol.Udp, TransportProtocol.Tcp, TransportProtocol.Tls];
    private static readonly TransportAddress Listener = TransportAddress.Parse("45.0.0.1:3478");
    private static readonly InternetAddress Office = InternetAddress.Parse("46.0.0.1");

    private readonly ManualTime _time = new();
    private readonly TurnOptions _options = TurnOptions.Read(ParleyOptionsTests.Reader().Section("Turn"));
    private readonly TurnAccounts _accounts;
    private readonly TurnServer _server;
    private ushort _lastPort = 10_000;
    private int _streams;

    public ThirtyPeopleTests()
    {
        _accounts = new TurnAccounts(_options, _time);
        _server = new TurnServer(ServerOptions(), _accounts, SecureRandom.Instance);
    }

    [Theory]
    [InlineData(1)]
    // Rooms as full as they are by default: each browser makes a connection to each other one, and tries each way for each.
    [InlineData(7)]
    public void Thirty_people_behind_one_address_join_in_one_second(int connections)
    {
        for (int person = 0; person < People; person++)
        {
            Join($"person{person}", Instant.FromOrigin(TimeSpan.FromSeconds((double)person / People)), connections);
        }

        _server.Counters.Allocations.ShouldBe(People * connections * Ways.Length);
        _server.Counters[TurnDrop.UnauthenticatedRate].ShouldBe(0);
        _server.Counters.AuthenticationFailures.ShouldBe(0);
        _streams.ShouldBeLessThanOrEqualTo(new TurnHostOptions { Server = ServerOptions() }.ConnectionsPerAddress);
    }

    [Fact]
    public void They_may_all_do_so_in_the_same_instant()
    {
        for (int person = 0; person < People; person++)
        {
            Join($"person{person}", Instant.Origin, connections: 7);
        }

        _server.Counters.Allocations.ShouldBe(People * 7 * Ways.Length);
    }

    private TurnServerOptions ServerOptions() => new()
    {
        Realm = TurnAccounts.Realm,
        NonceKey = new byte[32],
        Listeners = [Listener],
        RelayAddresses = [new(Listener.Address, Listener.Address)],
        MinRelayPort = _options.MinRelayPort,
        MaxRelayPort = _options.MaxRelayPort,
        Limits = _options.Limits,
    };

    private void Join(string name, Instant now, int connections)
    {
        var (username, password) = _accounts.Open(name).Mint(_time.Now + _options.Ttl);
        for (var connection = 0; connection < connections; connection++)
        {
            AskForAddress(now);
            foreach (var way in Ways)
            {
                Allocate(now, way, username, password);
            }
        }
    }

    /// <summary>What a browser asks the STUN server that it was named.</summary>
    private void AskForAddress(Instant now)
    {
        var client = new BindingClient(TransportProtocol.Udp, SecureRandom.Instance);
        var tuple = NewTuple(TransportProtocol.Udp);
        client.Start(now);
        client.TryPollTransmit(out var request).ShouldBeTrue();
        foreach (var answer in Exchange(now, tuple, request))
        {
            client.HandleMessage(answer);
        }

        client.TryPollEvent(out var happened).ShouldBeTrue();
        happened.ShouldBe(new BindingEvent.Mapped(tuple.Client));
    }

    /// <summary>The first request, which proves nothing and is told how to; the second; a permission and a channel.</summary>
    private void Allocate(Instant now, TransportProtocol way, string username, string password)
    {
        var client = new TurnClient(new() { Transport = way, Username = username, Password = password }, SecureRandom.Instance);
        var tuple = NewTuple(way);
        _streams += way == TransportProtocol.Udp ? 0 : 1;
        client.Start(now);
        client.AddPermission(now, InternetAddress.Parse("47.0.0.1"));
        client.BindChannel(now, TransportAddress.Parse("47.0.0.2:9"));
        while (client.TryPollTransmit(out var request))
        {
            foreach (var answer in Exchange(now, tuple, request))
            {
                client.HandleMessage(now, answer, out _, out _);
            }
        }

        var happened = new List<TurnClientEvent>();
        while (client.TryPollEvent(out var one))
        {
            happened.Add(one);
        }

        happened.OfType<TurnClientEvent.Allocated>().ShouldHaveSingleItem().Mapped.ShouldBe(tuple.Client);
        happened.OfType<TurnClientEvent.Permitted>().ShouldHaveSingleItem();
        happened.OfType<TurnClientEvent.ChannelBound>().ShouldHaveSingleItem();
    }

    private List<byte[]> Exchange(Instant now, FiveTuple client, ReadOnlySpan<byte> request)
    {
        _server.HandleMessage(now, client, request);
        while (_server.TryPollEvent(out var happened))
        {
            if (happened is TurnServerEvent.RelayWanted(var relay, _))
            {
                _server.HandleRelayOpened(now, relay);
            }
        }

        var answers = new List<byte[]>();
        while (_server.TryPollTransmit(out var transmit))
        {
            transmit.Client.ShouldBe(client);
            answers.Add(transmit.Payload.ToArray());
        }

        return answers;
    }

    private FiveTuple NewTuple(TransportProtocol way) => new(new(Office, ++_lastPort), Listener, way);
}
