using System.Text;
using System.Text.Json;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Tests.Packets;

public sealed class PacketEncoderTests
{
    private readonly SocketIOOptions _options = new();
    private readonly ArgumentSerializer _serializer;
    private readonly PacketEncoder _encoder;

    public PacketEncoderTests()
    {
        _serializer = new ArgumentSerializer(_options);
        _encoder = new PacketEncoder(_options, _serializer);
    }

    [Fact]
    public void Events_are_written_as_the_reference_writes_them()
    {
        Event("/", "e").ShouldBe("42[\"e\"]");
        Event("/chat", "e").ShouldBe("42/chat,[\"e\"]");
        Event("/", "auth", JsonElement.Parse("{}")).ShouldBe("42[\"auth\",{}]");
        Event("/", "e", 1).ShouldBe("42[\"e\",1]");
        Event("/", "e", (string?)null).ShouldBe("42[\"e\",null]");
        Event("/", "e", new { Hello = "World", none = (int?)null }).ShouldBe("42[\"e\",{\"hello\":\"World\",\"none\":null}]");
        Event("/", "e", DateTimeOffset.UnixEpoch.UtcDateTime).ShouldBe("42[\"e\",\"1970-01-01T00:00:00Z\"]");
        Text(_encoder.Event("/", "e", 0, 1, static (w, a) => w.Write(a))).ShouldBe("420[\"e\",1]");
        Text(_encoder.Event("/chat", "e", ulong.MaxValue, 1, static (w, a) => w.Write(a)))
            .ShouldBe("42/chat,18446744073709551615[\"e\",1]");
    }

    [Fact]
    public void Characters_outside_of_ascii_and_those_that_html_minds_stand_as_they_are() =>
        Event("/", "é", "てすと <&>'+ \"\\ \n").ShouldBe("42[\"é\",\"てすと <&>'+ \\\"\\\\ \\n\"]");

    [Fact]
    public void Acknowledgements_are_written_as_the_reference_writes_them()
    {
        Text(_encoder.Ack("/", 12, 0, static (_, _) => { })).ShouldBe("4312[]");
        Text(_encoder.Ack("/chat", 0, "x", static (w, a) => w.Write(a))).ShouldBe("43/chat,0[\"x\"]");
    }

    [Fact]
    public void Connections_are_answered_as_the_reference_answers_them()
    {
        Text(_encoder.Connect("/", "abc")).ShouldBe("40{\"sid\":\"abc\"}");
        Text(_encoder.Connect("/chat", "abc")).ShouldBe("40/chat,{\"sid\":\"abc\"}");
        Text(_encoder.Disconnect("/")).ShouldBe("41");
        Text(_encoder.Disconnect("/chat")).ShouldBe("41/chat,");
        Text(_encoder.ConnectError("/random", "Invalid namespace", null)).ShouldBe("44/random,{\"message\":\"Invalid namespace\"}");
        Text(_encoder.ConnectError("/", "no", JsonElement.Parse("""{"code":7}"""))).ShouldBe("44{\"message\":\"no\",\"data\":{\"code\":7}}");
    }

    [Fact]
    public void Bytes_become_attachments_numbered_as_they_are_met()
    {
        var packet = _encoder.Event("/", "e", 5, new Dto([1], "x", [[2], [3]], new byte[] { 4 }), static (w, a) =>
        {
            w.Write(a);
            w.Write((byte[])[5]);
            w.Write("end");
        });

        Text(packet).ShouldBe(
            "455-5[\"e\",{\"first\":" + P(0) + ",\"text\":\"x\",\"more\":[" + P(1) + "," + P(2) + "],\"last\":" + P(3) + "},"
            + P(4) + ",\"end\"]");
        packet.Attachments.Select(a => a.ToArray()).ShouldBe([[1], [2], [3], [4], [5]]);
    }

    [Fact]
    public void Bytes_in_an_acknowledgement_make_it_binary()
    {
        var packet = _encoder.Ack("/chat", 3, new ReadOnlyMemory<byte>([7]), static (w, a) => w.Write(a));
        Text(packet).ShouldBe("461-/chat,3[" + P(0) + "]");
        packet.Attachments.Single().ToArray().ShouldBe([7]);
    }

    [Fact]
    public void Bytes_are_copied_since_the_caller_may_change_them()
    {
        byte[] bytes = [1];
        var packet = _encoder.Event("/", "e", null, bytes, static (w, a) => w.Write(a));
        bytes[0] = 99;
        packet.Attachments.Single().ToArray().ShouldBe([1]);
    }

    [Fact]
    public void An_argument_that_emits_while_it_is_written_disturbs_nothing()
    {
        var inner = "";
        var emitting = new Emitting(() => inner = Text(_encoder.Event("/", "inner", null, (byte[])[9], static (w, a) => w.Write(a))));
        var outer = _encoder.Event("/", "outer", null, emitting, static (w, a) => w.Write(a));

        inner.ShouldBe("451-[\"inner\"," + P(0) + "]");
        Text(outer).ShouldBe("451-[\"outer\",{\"value\":1,\"bytes\":" + P(0) + "}]");
        outer.Attachments.Single().ToArray().ShouldBe([7]);
    }

    [Fact]
    public void Received_arguments_are_forwarded_as_they_are()
    {
        var decoder = new PacketDecoder(_options, _serializer);
        decoder.Read(
            """52-["e",{"_placeholder":true,"num":1},"\ud83d",1.0,{"_placeholder":true,"num":0}]"""u8.ToArray(), isBinary: false, out _);
        decoder.Read(new byte[] { 1 }, isBinary: true, out _);
        decoder.Read(new byte[] { 2 }, isBinary: true, out var received);

        var packet = _encoder.Event("/x", "back", null, received.Arguments!, static (w, a) => w.Forward(a));

        Text(packet).ShouldBe("452-/x,[\"back\"," + P(1) + ",\"\\ud83d\",1.0," + P(0) + "]");
        packet.Attachments.Select(a => a.ToArray()).ShouldBe([[1], [2]]);
    }

    [Fact]
    public void An_element_of_a_client_can_be_emitted_whatever_is_in_it()
    {
        var half = JsonElement.Parse("""{"a":"\ud83d","\udc00":1.50}""");
        Event("/", "e", half).ShouldBe("""42["e",{"a":"\ud83d","\udc00":1.50}]""");
        Event("/", "e", new { data = half }).ShouldBe("""42["e",{"data":{"a":"\ud83d","\udc00":1.50}}]""");
        Text(_encoder.ConnectError("/", "no", half)).ShouldBe("""44{"message":"no","data":{"a":"\ud83d","\udc00":1.50}}""");

        var deep = new string('[', _options.MaxJsonDepth) + new string(']', _options.MaxJsonDepth);
        Event("/", "e", new { data = JsonElement.Parse(deep) }).ShouldBe($"42[\"e\",{{\"data\":{deep}}}]");
    }

    [Fact]
    public void A_large_packet_does_not_spoil_the_next_one()
    {
        Event("/", "e", new string('x', 200_000)).Length.ShouldBe(200_010);
        Event("/", "e").ShouldBe("42[\"e\"]");
    }

    [Fact]
    public void An_argument_that_cannot_be_written_spoils_nothing()
    {
        Should.Throw<InvalidOperationException>(() => Event("/", "e", new Emitting(() => throw new InvalidOperationException())));
        Event("/", "e").ShouldBe("42[\"e\"]");
    }

    [Fact]
    public void An_argument_that_is_part_of_itself_is_refused()
    {
        var circle = new Dictionary<string, object>(StringComparer.Ordinal);
        circle["self"] = circle;
        Should.Throw<JsonException>(() => Event("/", "e", circle));
        Event("/", "e").ShouldBe("42[\"e\"]");
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    public void A_name_that_clients_refuse_is_refused_here(string name) =>
        Should.Throw<ArgumentException>(() => Event("/", name)).Message.ShouldContain("reserved");

    private static string P(int number) => $$"""{"_placeholder":true,"num":{{number}}}""";

    private static string Text(EncodedPacket packet) => Encoding.UTF8.GetString(packet.Message.Span);

    private string Event(string ns, string name) => Text(_encoder.Event(ns, name, null, 0, static (_, _) => { }));

    private string Event<T>(string ns, string name, T argument) =>
        Text(_encoder.Event(ns, name, null, argument, static (w, a) => w.Write(a)));

    private sealed record Dto(byte[] First, string Text, byte[][] More, ReadOnlyMemory<byte> Last);

    private sealed class Emitting(Action emit)
    {
        public int Value
        {
            get
            {
                emit();
                return 1;
            }
        }

        public byte[] Bytes { get; } = [7];
    }
}
