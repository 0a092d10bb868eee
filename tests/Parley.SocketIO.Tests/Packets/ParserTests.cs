using System.Text;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Packets;

/// <summary>Parsers of the application's own: what they may do, and what they cannot do to anybody.</summary>
public sealed class ParserTests
{
    private static readonly PacketContent Good = new(PacketType.Event, "/", null, "[\"e\",1]"u8.ToArray(), []);

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_parser_of_the_applications_own_speaks_with_clients_of_its_own(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync(
            options => options.Parser = new LineParser(),
            io => io.Of("/").OnConnection(s => s.On("echo", e => { e.Ack(e.Arguments); })));
        await using var client = await EngineClient.OpenAsync(server, transport);

        await client.SendAsync("4Connect|/||");
        (await client.ReceiveAsync()).ShouldStartWith("4Connect|/||{\"sid\":");
        await client.SendAsync("4Event|/|7|[\"echo\",1,{\"_placeholder\":true,\"num\":0}]", new byte[] { 5 });
        (await client.ReceiveAsync()).ShouldBe("4Ack|/|7|[1,{\"_placeholder\":true,\"num\":0}]");
        (await client.ReceiveBinaryAsync()).ShouldBe([5]);
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_parser_that_throws_costs_the_connection_and_nothing_else(SocketIOTransports transport)
    {
        await using var server = (await TestServer.StartAsync(options => options.Parser = new LineParser())).ExpectingErrors();
        await using var good = await EngineClient.OpenAsync(server, transport);
        await good.SendAsync("4Connect|/||");
        (await good.ReceiveAsync()).ShouldStartWith("4Connect|/||{\"sid\":");
        await using var bad = await EngineClient.OpenAsync(server, transport);

        await IgnoreRefusalAsync(bad.SendAsync("4no line"));

        (await bad.ReceiveToEndAsync()).ShouldBeEmpty();
        var error = server.Logs.Errors.Single();
        error.Message.ShouldBe("The packet parser failed on a message; its connection is closed.");
        error.Exception.ShouldBeOfType<ArgumentException>();
        await good.SendAsync("4Disconnect|/||");
        await good.SendAsync("4Connect|/||");
        (await good.ReceiveAsync()).ShouldStartWith("4Connect|/||{\"sid\":");
    }

    [Fact]
    public async Task An_event_is_written_once_for_all_who_get_it()
    {
        var parser = new LineParser();
        await using var server = await TestServer.StartAsync(options => options.Parser = parser);
        var clients = new List<WebSocketClient>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add(await WebSocketClient.OpenAsync(server));
            await clients[i].SendAsync("4Connect|/||");
            (await clients[i].ReceiveAsync()).ShouldStartWith("4Connect|/||{\"sid\":");
        }

        await Deadline.Until(() => server.IO.Of("/").Sockets.Count == 3);
        server.IO.Of("/").Emit("all");
        _ = server.IO.Of("/").All.EmitWithAckAsync("asked");
        foreach (var client in clients)
        {
            (await client.ReceiveAsync()).ShouldBe("4Event|/||[\"all\"]");
            (await client.ReceiveAsync()).ShouldBe("4Event|/|0|[\"asked\"]");
            await client.DisposeAsync();
        }

        parser.Events.ShouldBe(2);
    }

    [Fact]
    public void What_a_parser_returns_is_checked_like_everything_from_outside()
    {
        Accepts(Good).ShouldBeTrue();
        Accepts(Good with { Attachments = null! }).ShouldBeTrue();
        Accepts(Good with { Json = "[\"e\""u8.ToArray() }).ShouldBeFalse();
        Accepts(Good with { Json = "[\"connect\"]"u8.ToArray() }).ShouldBeFalse();
        Accepts(Good with { Json = default }).ShouldBeFalse();
        Accepts(Good with { Namespace = null! }).ShouldBeFalse();
        Accepts(Good with { Namespace = "" }).ShouldBeFalse();
        Accepts(Good with { Namespace = "chat" }).ShouldBeFalse();
        Accepts(Good with { Namespace = "/a,b" }).ShouldBeFalse();
        Accepts(Good with { Namespace = "/" + new string('ä', 128) }).ShouldBeFalse();
        Accepts(Good with { Type = PacketType.Ack }).ShouldBeFalse();
        Accepts(Good with { Type = PacketType.ConnectError }).ShouldBeFalse();
        Accepts(Good with { Type = (PacketType)77 }).ShouldBeFalse();
        Accepts(Good with { Type = PacketType.Connect }).ShouldBeFalse();
        Accepts(Good with { Type = PacketType.Disconnect }).ShouldBeFalse();
        Accepts(Good with { Type = PacketType.Disconnect, Json = default, Attachments = [new byte[1]] }).ShouldBeFalse();
        Accepts(Good with { Type = PacketType.Connect, Json = "{}"u8.ToArray(), Attachments = [new byte[1]] }).ShouldBeFalse();
        Accepts(Good with { Attachments = [.. Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, 11)] }).ShouldBeFalse();
        Accepts(Good with { Attachments = [new byte[4_000_000]] }).ShouldBeFalse();
        Accepts(Good with { Attachments = [new byte[1]], Json = """["e",{"_placeholder":true,"num":1}]"""u8.ToArray() }).ShouldBeFalse();
    }

    [Fact]
    public void A_packet_that_never_becomes_whole_is_bounded_in_messages_and_bytes()
    {
        var options = new SocketIOOptions { Parser = new Fixed(DecodeResult.AttachmentsPending, default), MaxPacketBytes = 500 };
        var decoder = new PacketDecoder(options, new ArgumentSerializer(options));
        for (var i = 0; i < options.MaxAttachments; i++)
        {
            decoder.Read(default, isBinary: true, out _).ShouldBe(DecodeResult.AttachmentsPending);
        }

        decoder.Read(default, isBinary: true, out _).ShouldBe(DecodeResult.Violation);

        decoder = new PacketDecoder(options, new ArgumentSerializer(options));
        decoder.Read(new byte[300], isBinary: true, out _).ShouldBe(DecodeResult.AttachmentsPending);
        decoder.Read(new byte[201], isBinary: true, out _).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void A_parser_writes_one_message_and_then_only_binary_ones()
    {
        var packet = new EncodedPacket();
        packet.AddText(2).Length.ShouldBe(2);
        packet.AddBinary(new byte[] { 1 });
        Should.Throw<InvalidOperationException>(() => packet.AddText(1).Length);
        packet.Attachments.Count.ShouldBe(1);

        var options = new SocketIOOptions { Parser = new Fixed(DecodeResult.Packet, Good) };
        var encoder = new PacketEncoder(options, new ArgumentSerializer(options));
        Should.Throw<InvalidOperationException>(() => encoder.Disconnect("/")).Message.ShouldContain("no message");
    }

    private static bool Accepts(PacketContent content)
    {
        var options = new SocketIOOptions { Parser = new Fixed(DecodeResult.Packet, content) };
        return new PacketDecoder(options, new ArgumentSerializer(options)).Read(default, isBinary: false, out _) == DecodeResult.Packet;
    }

    // The answer to a POST whose packet closes the session may be an error.
    private static async Task IgnoreRefusalAsync(Task sending)
    {
        try
        {
            await Deadline.For(sending);
        }
        catch (ShouldAssertException)
        {
        }
    }

    private sealed class Fixed(DecodeResult result, PacketContent content) : IPacketParser, IPacketDecoder
    {
        public IPacketDecoder CreateDecoder(SocketIOOptions options) => this;

        public DecodeResult Read(ReadOnlyMemory<byte> message, bool isBinary, out PacketContent packet)
        {
            packet = content;
            return result;
        }

        public void Encode(in PacketContent packet, EncodedPacket messages)
        {
        }
    }

    /// <summary>"type|namespace|id|json", and then the attachments, of which each placeholder announces one. Careless with bad input.</summary>
    private sealed class LineParser : IPacketParser
    {
        private int _events;

        /// <summary>How many events it has written.</summary>
        public int Events => _events;

        public IPacketDecoder CreateDecoder(SocketIOOptions options) => new Decoder();

        public void Encode(in PacketContent packet, EncodedPacket messages)
        {
            if (packet.Type == PacketType.Event)
            {
                Interlocked.Increment(ref _events);
            }

            var line = Encoding.UTF8.GetBytes(
                $"{packet.Type}|{packet.Namespace}|{packet.AckId}|{Encoding.UTF8.GetString(packet.Json.Span)}");
            line.CopyTo(messages.AddText(line.Length));
            foreach (var attachment in packet.Attachments)
            {
                messages.AddBinary(attachment);
            }
        }

        private sealed class Decoder : IPacketDecoder
        {
            private readonly List<ReadOnlyMemory<byte>> _attachments = [];
            private PacketContent _pending;

            public DecodeResult Read(ReadOnlyMemory<byte> message, bool isBinary, out PacketContent packet)
            {
                if (isBinary)
                {
                    _attachments.Add(message.ToArray());
                    packet = _pending with { Attachments = [.. _attachments] };
                    return DecodeResult.Packet;
                }

                var parts = Encoding.UTF8.GetString(message.Span).Split('|', 4);
                packet = new(
                    Enum.Parse<PacketType>(parts[0]),
                    parts[1],
                    parts[2].Length == 0 ? null : ulong.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture),
                    Encoding.UTF8.GetBytes(parts[3]),
                    []);
                _pending = packet;
                return parts[3].Contains("_placeholder", StringComparison.Ordinal) ? DecodeResult.AttachmentsPending : DecodeResult.Packet;
            }
        }
    }
}
