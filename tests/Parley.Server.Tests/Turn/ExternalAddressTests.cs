using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;
using Parley.Stun.Messages;

namespace Parley.Server.Tests.Turn;

public sealed class ExternalAddressTests : IDisposable
{
    private static readonly InternetAddress Loopback = InternetAddress.Parse("127.0.0.1");

    private readonly Socket _stun = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ManualTime _time = new();

    public ExternalAddressTests() => _stun.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public void Dispose() => _stun.Dispose();

    [Fact]
    public async Task It_is_what_the_STUN_server_says_and_nobody_else()
    {
        var asking = AskAsync();
        var (request, from) = await ReceiveAsync();

        await _stun.SendToAsync("nonsense"u8.ToArray(), from);
        await _stun.SendToAsync(Answer("203.0.113.66", TransactionId.Read(new byte[12])), from);
        await _stun.SendToAsync(Answer("198.51.100.7", request), from);

        (await asking).ShouldBe(InternetAddress.Parse("198.51.100.7"));
    }

    [Fact]
    public async Task A_question_that_is_lost_is_repeated()
    {
        var asking = AskAsync();
        var (first, _) = await ReceiveAsync();

        var repeated = ReceiveAsync();
        await Eventually.ShouldBeTrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return repeated.IsCompleted;
        });
        var (request, from) = await repeated;
        request.ShouldBe(first);
        await _stun.SendToAsync(Answer("198.51.100.7", request), from);

        (await asking).ShouldBe(InternetAddress.Parse("198.51.100.7"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        var asking = AskAsync();
        await Eventually.ShouldBeTrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            return asking.IsCompleted;
        });

        (await Should.ThrowAsync<ConfigurationException>(() => asking)).Message.ShouldBe($"Parley:Turn:Stun ({_stun.LocalEndPoint}) does not answer");
    }

    [Fact]
    public async Task A_server_of_the_other_family_is_named_at_once()
    {
        var asking = new ExternalAddress(new("::1", 3478), _time).FindAsync(Loopback, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<ConfigurationException>(() => asking)).Message.ShouldStartWith("Parley:Turn:Stun ([::1]:3478) cannot be asked: ::1 has no address");
    }

    private Task<InternetAddress> AskAsync()
    {
        var endPoint = (IPEndPoint)_stun.LocalEndPoint!;
        return new ExternalAddress(new(endPoint.Address.ToString(), endPoint.Port), _time).FindAsync(Loopback, TestContext.Current.CancellationToken);
    }

    private async Task<(TransactionId Transaction, EndPoint From)> ReceiveAsync()
    {
        var buffer = new byte[1500];
        var received = await _stun.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(TimeSpan.FromSeconds(10));
        StunMessage.TryRead(buffer.AsSpan(0, received.ReceivedBytes), out var message).ShouldBeTrue();
        return (message.TransactionId, received.RemoteEndPoint);
    }

    private static byte[] Answer(string address, TransactionId transaction)
    {
        var buffer = new byte[128];
        var writer = new StunMessageWriter(buffer, StunMethod.Binding, StunClass.SuccessResponse, transaction);
        writer.AddXorAddress(StunAttributeType.XorMappedAddress, new(InternetAddress.Parse(address), 4711));
        writer.TryFinish(out var length).ShouldBeTrue();
        return buffer[..length];
    }
}
