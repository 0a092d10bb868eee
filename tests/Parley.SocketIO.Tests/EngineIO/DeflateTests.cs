using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

/// <summary>permessage-deflate (RFC 7692).</summary>
public sealed class DeflateTests
{
    private const string Offer = "permessage-deflate; client_max_window_bits";
    private const int Text = 1;
    private const int CloseFrame = 8;

    [Theory]
    [InlineData(false, Offer)]
    [InlineData(true, null)]
    public async Task Compression_is_not_agreed_on_unless_both_want_it(bool isOn, string? offer)
    {
        await using var server = await EchoServer.StartAsync(o => o.PerMessageDeflate = isOn ? new() { Threshold = 0 } : null);
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", offer);
        socket.Answer.ShouldNotContain("Sec-WebSocket-Extensions", Case.Insensitive);
        (await socket.ReceiveAsync()).Rsv1.ShouldBeFalse();
        await socket.SendAsync(new(Text, Rsv1: false, Encoding.UTF8.GetBytes("4" + new string('x', 5000))));
        (await socket.ReceiveAsync()).Payload.Length.ShouldBe(5001);
    }

    [Theory]
    [InlineData(false, 15, "server_no_context_takeover")]
    [InlineData(true, 10, "server_max_window_bits=10")]
    public async Task The_answer_says_what_the_options_say(bool takeover, int bits, string expected)
    {
        await using var server = await EchoServer.StartAsync(
            o => o.PerMessageDeflate = new() { ContextTakeover = takeover, WindowBits = bits });
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", Offer);
        socket.Answer.ShouldContain("permessage-deflate");
        socket.Answer.ShouldContain(expected);
        socket.Answer.Contains("server_no_context_takeover", StringComparison.Ordinal).ShouldBe(!takeover);
    }

    [Fact]
    public async Task Messages_are_compressed_from_the_threshold_on()
    {
        await using var server = await EchoServer.StartAsync(o => o.PerMessageDeflate = new());
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", Offer);
        (await socket.ReceiveAsync()).Rsv1.ShouldBeFalse("OPEN is small");
        foreach (var size in new[] { 1023, 1024 })
        {
            var message = Encoding.UTF8.GetBytes("4" + new string('x', size - 1));
            await socket.SendAsync(new(Text, Rsv1: true, Deflate(message)));
            var echo = await socket.ReceiveAsync();
            echo.Rsv1.ShouldBe(size == 1024);
            (echo.Rsv1 ? Inflate(echo.Payload) : echo.Payload).ShouldBe(message);
        }
    }

    [Fact]
    public async Task An_event_that_must_not_be_compressed_is_not_nor_are_its_attachments()
    {
        var connected = new Recorder<Socket>();
        await using var server = await TestServer.StartAsync(
            o => o.PerMessageDeflate = new() { Threshold = 0 }, io => io.Of("/").OnConnection(connected.Add));
        using var client = await RawWebSocket.OpenAsync(server, "/socket.io/", Offer);
        await client.ReceiveAsync();
        await client.SendAsync(new(Text, Rsv1: false, "40"u8.ToArray()));
        await client.ReceiveAsync();
        var socket = await connected.NextAsync();
        foreach (var compress in new[] { true, false })
        {
            socket.Compress(compress).Emit("e", new byte[100]);
            await ShouldBeAsync(2, compress);
            await socket.Compress(compress).EmitAsync("e");
            await ShouldBeAsync(1, compress);
            socket.Namespace.To(socket.Id).Compress(compress).Emit("e", new byte[100]);
            await ShouldBeAsync(2, compress);
            await socket.Namespace.All.Compress(compress).EmitAsync("e");
            await ShouldBeAsync(1, compress);
            _ = socket.Namespace.All.Compress(compress).EmitWithAckAsync("e");
            await ShouldBeAsync(1, compress);
            _ = socket.Compress(compress).EmitWithAckAsync("e", new byte[100]);
            await ShouldBeAsync(2, compress);
            _ = socket.Compress(compress).Timeout(TimeSpan.FromSeconds(9)).EmitWithAckAsync("e");
            await ShouldBeAsync(1, compress);
            await Deadline.Until(() => socket.Compress(compress).Volatile.Emit("e") == EmitResult.Queued);
            await ShouldBeAsync(1, compress);
        }

        async Task ShouldBeAsync(int frames, bool compressed)
        {
            for (var i = 0; i < frames; i++)
            {
                (await client.ReceiveAsync()).Rsv1.ShouldBe(compressed);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_with_deflate_gets_back_what_it_sends(bool takeover)
    {
        await using var server = await EchoServer.StartAsync(o => o.PerMessageDeflate = new() { Threshold = 0, ContextTakeover = takeover });
        await using var client = await WebSocketClient.ConnectAsync(
            server, "/engine.io/?EIO=4&transport=websocket", o => o.DangerousDeflateOptions = new WebSocketDeflateOptions());
        await client.ReceiveAsync();
        var random = new Random(5);
        for (var i = 0; i < 10; i++)
        {
            var text = "4" + new string((char)('a' + random.Next(26)), random.Next(20_000));
            var bytes = new byte[random.Next(20_000)];
            random.NextBytes(bytes);
            await client.SendAsync(text, bytes);
            (await client.ReceiveAsync()).ShouldBe(text);
            (await client.ReceiveBinaryAsync()).ShouldBe(bytes);
        }
    }

    [Fact]
    public async Task A_bomb_is_too_large_before_it_is_whole()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(
            o => (o.PerMessageDeflate, o.MaxPayloadBytes) = (new(), 100_000), handler);
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", Offer);
        await socket.ReceiveAsync();
        var bomb = Deflate(Encoding.UTF8.GetBytes("4" + new string('x', 10_000_000)));
        bomb.Length.ShouldBeLessThan(50_000);
        await socket.SendAsync(new(Text, Rsv1: true, bomb, IsFinal: false));
        (await socket.ReceiveAsync()).ShouldSatisfyAllConditions(
            f => f.Opcode.ShouldBe(CloseFrame), f => f.Payload[..2].ShouldBe([0x03, 0xf1], "1009, message too big"));
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PayloadTooLarge);
        handler.Messages.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Exactly_the_bound_is_taken_whatever_it_was_compressed_to()
    {
        await using var server = await EchoServer.StartAsync(o => (o.PerMessageDeflate, o.MaxPayloadBytes) = (new(), 100_000));
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", Offer);
        await socket.ReceiveAsync();
        var message = Encoding.UTF8.GetBytes("4" + new string('x', 99_999));
        await socket.SendAsync(new(Text, Rsv1: true, Deflate(message)));
        Inflate((await socket.ReceiveAsync()).Payload).ShouldBe(message);
        await socket.SendAsync(new(Text, Rsv1: true, Deflate([.. message, (byte)'x'])));
        (await socket.ReceiveAsync()).Opcode.ShouldBe(CloseFrame);
    }

    [Theory]
    [InlineData("garbage", "ffffffffffffffff")]
    [InlineData("a distance before the beginning", "030200")]
    [InlineData("an unknown block type", "07")]
    [InlineData("a stored block whose lengths differ", "000500000068")]
    [InlineData("a gzip header", "1f8b0800000000000003")]
    public async Task What_is_no_deflate_costs_its_own_connection_only(string name, string hex)
    {
        name.ShouldNotBeEmpty();
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(o => o.PerMessageDeflate = new(), handler);
        await using var other = await EchoServer.OpenWebSocketAsync(server);
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", Offer);
        await socket.ReceiveAsync();
        await socket.SendAsync(new(Text, Rsv1: true, Convert.FromHexString(hex)));
        (await handler.Closed.NextAsync()).ShouldBeOneOf(DisconnectCause.TransportFailed, DisconnectCause.ProtocolViolation);
        await other.SendAsync("4still there");
        (await other.ReceiveAsync()).ShouldBe("4still there");
    }

    [Fact]
    public async Task A_message_that_says_it_is_compressed_without_agreement_ends_the_connection()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(o => o.PerMessageDeflate = new(), handler);
        using var socket = await RawWebSocket.OpenAsync(server, "/engine.io/", extensions: null);
        await socket.ReceiveAsync();
        await socket.SendAsync(new(Text, Rsv1: true, Deflate("4hello"u8.ToArray())));
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportFailed);
        handler.Messages.IsEmpty.ShouldBeTrue();
    }

    // RFC 7692, section 7.2.1: without the four bytes that end a flushed block.
    private static byte[] Deflate(byte[] message)
    {
        var output = new MemoryStream();
        var deflate = new DeflateStream(output, CompressionLevel.Optimal);
        deflate.Write(message);
        deflate.Flush();
        var bytes = output.ToArray();
        bytes.AsSpan(bytes.Length - 4).SequenceEqual(new byte[] { 0, 0, 0xff, 0xff }).ShouldBeTrue();
        return bytes[..^4];
    }

    private static byte[] Inflate(byte[] payload)
    {
        using var inflate = new DeflateStream(new MemoryStream([.. payload, 0, 0, 0xff, 0xff]), CompressionMode.Decompress);
        var output = new MemoryStream();
        inflate.CopyTo(output);
        return output.ToArray();
    }
}
