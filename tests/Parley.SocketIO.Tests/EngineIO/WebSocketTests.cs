using System.Net.WebSockets;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class WebSocketTests
{
    [Fact]
    public async Task Messages_come_back_as_they_went()
    {
        await using var server = await EchoServer.StartAsync();
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.SendAsync("4hello", "4", new byte[] { 1, 2, 3, 4 }, Array.Empty<byte>(), "4€😀");
        (await client.ReceiveAsync()).ShouldBe("4hello");
        (await client.ReceiveAsync()).ShouldBe("4");
        (await client.ReceiveBinaryAsync()).ShouldBe([1, 2, 3, 4]);
        (await client.ReceiveBinaryAsync()).ShouldBe([]);
        (await client.ReceiveAsync()).ShouldBe("4€😀");
    }

    [Fact]
    public async Task Bytes_may_come_as_base64_whether_or_not_the_client_said_so()
    {
        await using var server = await EchoServer.StartAsync();
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.SendAsync("bAQIDBA==", "b");
        (await client.ReceiveBinaryAsync()).ShouldBe([1, 2, 3, 4]);
        (await client.ReceiveBinaryAsync()).ShouldBe([]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("b!")]
    [InlineData("bAQIDBA")]
    [InlineData("0{}")]
    [InlineData("2")]
    [InlineData("5")]
    [InlineData("7")]
    public async Task A_bad_packet_ends_the_session(string packet)
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.SendAsync(packet);
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        client.CloseCode.ShouldBe(1008);
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.ProtocolViolation);
    }

    [Fact]
    public async Task A_noop_and_a_pong_that_nobody_asked_for_are_harmless()
    {
        await using var server = await EchoServer.StartAsync();
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.SendAsync("6", "3", "4still there");
        (await client.ReceiveAsync()).ShouldBe("4still there");
    }

    [Fact]
    public async Task A_close_packet_closes_at_once()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.SendAsync("1");
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        client.CloseCode.ShouldBe(1000);
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportClosed);
    }

    [Fact]
    public async Task A_closing_frame_is_answered()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.CloseAsync();
        client.CloseCode.ShouldBe(1000);
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportClosed);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_transport_error()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        client.Socket.Abort();
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportFailed);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task A_message_may_be_as_large_as_told_and_no_larger(WebSocketMessageType type)
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(o => o.MaxPayloadBytes = 20_000, handler);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.Socket.SendAsync(Message(20_000), type, endOfMessage: true, Deadline.Token());
        var echoed = await client.ReceiveFrameAsync();
        (echoed.Text?.Length ?? echoed.Binary!.Length).ShouldBe(20_000);

        await client.Socket.SendAsync(Message(20_001), type, endOfMessage: true, Deadline.Token());
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        client.CloseCode.ShouldBe(1009);
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PayloadTooLarge);
    }

    [Fact]
    public async Task A_message_in_many_fragments_is_counted_as_one()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxPayloadBytes = 10_000);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        var message = Message(10_000);
        for (var i = 0; i < message.Length; i += 10)
        {
            await client.Socket.SendAsync(message.AsMemory(i, 10), WebSocketMessageType.Text, false, Deadline.Token());
            await client.Socket.SendAsync(Memory<byte>.Empty, WebSocketMessageType.Text, i + 10 == message.Length, Deadline.Token());
        }

        (await client.ReceiveAsync()).Length.ShouldBe(10_000);
    }

    [Fact]
    public async Task A_text_that_is_not_utf8_ends_the_session()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.Socket.SendAsync(new byte[] { (byte)'4', 0xff, 0xfe }, WebSocketMessageType.Text, true, Deadline.Token());
        await client.ReceiveToEndAsync();
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportFailed);
    }

    [Fact]
    public async Task What_waits_when_the_server_closes_is_sent_first()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            for (var i = 0; i < 100; i++)
            {
                socket.Emit("n", i);
            }

            socket.Disconnect(closeConnection: true);
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        var frames = await client.ReceiveToEndAsync();
        frames.Count.ShouldBe(101);
        frames[99].ShouldBe("42[\"n\",99]");
        frames[100].ShouldBe("41");
        client.CloseCode.ShouldBe(1000);
    }

    private static byte[] Message(int size)
    {
        var message = new byte[size];
        message.AsSpan().Fill((byte)'x');
        message[0] = (byte)'4';
        return message;
    }
}
