using System.Text.Json;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Tests.Packets.MessagePack;

/// <summary>The bytes are what socket.io-msgpack-parser 3.0.2 wrote for the same packets.</summary>
public sealed class MessagePackEncoderTests
{
    private readonly SocketIOOptions _options = new SocketIOOptions().UseMessagePack();
    private readonly ArgumentSerializer _serializer;
    private readonly PacketEncoder _encoder;

    public MessagePackEncoderTests()
    {
        _serializer = new ArgumentSerializer(_options);
        _encoder = new PacketEncoder(_options, _serializer);
    }

    [Fact]
    public void Connections_are_answered_as_the_reference_answers_them()
    {
        Hex(_encoder.Connect("/", "abc")).ShouldBe("83a47479706500a46461746181a3736964a3616263a36e7370a12f");
        Hex(_encoder.ConnectError("/x", "no", JsonElement.Parse("""{"code":7}""")))
            .ShouldBe("83a47479706504a46461746182a76d657373616765a26e6fa46461746181a4636f646507a36e7370a22f78");
        Hex(_encoder.Disconnect("/")).ShouldBe("82a47479706501a36e7370a12f");
    }

    [Fact]
    public void Events_and_acknowledgements_are_written_as_the_reference_writes_them()
    {
        Hex(_encoder.Event("/chat", "e", 300, 0, static (w, _) =>
        {
            w.Write(new Dto([[7]], "y"));
            w.Write(-3);
            w.Write(1.25);
            w.Write((string?)null);
            w.Write(false);
        })).ShouldBe("84a47479706502a46461746196a16582a16191c40107a162a179fdcb3ff4000000000000c0c2a26964cd012ca36e7370a52f63686174");
        Hex(_encoder.Ack("/", 0, 0, static (_, _) => { })).ShouldBe("84a47479706503a46461746190a2696400a36e7370a12f");
    }

    [Fact]
    public void Many_elements_members_and_letters_are_written_as_the_reference_writes_them() =>
        Hex(_encoder.Event("/", "a", null, 0, static (w, _) =>
        {
            w.Write(Enumerable.Range(0, 20).ToArray());
            w.Write(Enumerable.Range(0, 17).ToDictionary(i => $"k{i}", StringComparer.Ordinal));
            w.Write(new string('s', 300));
        })).ShouldBe(
            "83a47479706502a46461746194a161dc0014000102030405060708090a0b0c0d0e0f10111213de0011a26b3000a26b3101a26b3202a26b3303a26b3404"
            + "a26b3505a26b3606a26b3707a26b3808a26b3909a36b31300aa36b31310ba36b31320ca36b31330da36b31340ea36b31350fa36b313610da012c"
            + string.Concat(Enumerable.Repeat("73", 300)) + "a36e7370a12f");

    [Theory]
    [InlineData("127", "7f")]
    [InlineData("128", "cc80")]
    [InlineData("256", "cd0100")]
    [InlineData("65536", "ce00010000")]
    [InlineData("4294967296", "cf0000000100000000")]
    [InlineData("18446744073709551615", "cfffffffffffffffff")]
    [InlineData("-32", "e0")]
    [InlineData("-33", "d0df")]
    [InlineData("-129", "d1ff7f")]
    [InlineData("-32769", "d2ffff7fff")]
    [InlineData("-2147483649", "d3ffffffff7fffffff")]
    [InlineData("18446744073709551616", "cb43f0000000000000")]
    [InlineData("1e3", "cb408f400000000000")]
    [InlineData("\"\\u0041\\n\\\"\\/\\ud83d\\ude00\"", "a8410a222ff09f9880")]
    [InlineData("\"\\ud83d\"", "a3efbfbd")]
    [InlineData("{\"\\udc00\":1}", "81a3efbfbd01")]
    [InlineData("{\"_placeholder\":true,\"num\":0}", "82ac5f706c616365686f6c646572c3a36e756d00")]
    public void Json_is_written_value_by_value(string json, string hex) =>
        Hex(_encoder.Event("/", "e", null, JsonElement.Parse(json), static (w, a) => w.Write(a)))
            .ShouldBe($"83a47479706502a46461746192a165{hex}a36e7370a12f");

    [Fact]
    public void A_packet_is_one_binary_message()
    {
        var packet = _encoder.Event("/", "e", null, (byte[])[1], static (w, a) => w.Write(a));

        packet.IsBinary.ShouldBeTrue();
        packet.Attachments.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"_placeholder\":true,\"num\":1}", "c40102")]
    [InlineData("{\"num\":1,\"x\":[{}],\"\\u005fplaceholder\":true}", "c40102")]
    [InlineData("[{\"_placeholder\":true,\"num\":1,\"y\":{\"z\":[]}},[[3],4]]", "92c4010292910304")]
    [InlineData("{\"_placeholder\":false,\"num\":1}", "82ac5f706c616365686f6c646572c2a36e756d01")]
    [InlineData("{\"a\":\"\\ud83d\",\"num\":1}", "82a161a3efbfbda36e756d01")]
    public void Placeholders_of_a_client_are_its_bytes_again(string json, string hex)
    {
        // As another parser may have read them.
        var received = new PacketDecoder(new SocketIOOptions(), _serializer);
        received.Read(System.Text.Encoding.UTF8.GetBytes($"52-[\"e\",{json}]"), isBinary: false, out _);
        received.Read(new byte[] { 1 }, isBinary: true, out _);
        received.Read(new byte[] { 2 }, isBinary: true, out var packet);

        Hex(_encoder.Event("/", "e", null, packet.Arguments!, static (w, a) => w.Forward(a)))
            .ShouldBe($"83a47479706502a46461746192a165{hex}a36e7370a12f");
    }

    [Fact]
    public void What_is_written_can_be_read_again()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var sent = new Tree(random, depth: 5, bytes: 3);
            var packet = _encoder.Event("/n", "e", (ulong)random.NextInt64(), sent, static (w, a) => w.Write(a));

            new PacketDecoder(_options, _serializer).Read(packet.Message, isBinary: true, out var received)
                .ShouldBe(DecodeResult.Packet, $"round {round}");

            JsonSerializer.Serialize(received.Arguments!.Get<Tree>(0)).ShouldBe(JsonSerializer.Serialize(sent), $"round {round}");
            Hex(_encoder.Event("/n", "e", received.AckId, received.Arguments, static (w, a) => w.Forward(a)))
                .ShouldBe(Hex(packet), $"round {round}");
        }
    }

    [Fact]
    public void Depth_of_what_is_sent_costs_no_stack()
    {
        var deep = new string('[', 900) + new string(']', 900);
        var element = JsonDocument.Parse(deep, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;

        _encoder.Event("/", "e", null, element, static (w, a) => w.Write(a)).Message.Length.ShouldBe(921);
    }

    private static string Hex(EncodedPacket packet) => Convert.ToHexStringLower(packet.Message.Span);

    private sealed record Dto(byte[][] A, string B);

    private sealed class Tree
    {
        public Tree()
        {
        }

        public Tree(Random random, int depth, int bytes)
        {
            Number = random.Next(3) == 0 ? random.NextDouble() * 1e6 : random.NextInt64(-(1L << random.Next(63)), 1L << random.Next(63));
            Text = new string((char)random.Next(0xd800), random.Next(70));
            Flag = random.Next(2) == 0;
            if (bytes > 0)
            {
                Bytes = new byte[random.Next(400)];
                random.NextBytes(Bytes);
            }

            if (depth > 0)
            {
                Child = new Tree(random, depth - 1, bytes - 1);
            }

            Many = [.. Enumerable.Range(0, random.Next(20))];
        }

        public double Number { get; set; }

        public string? Text { get; set; }

        public bool Flag { get; set; }

        public byte[]? Bytes { get; set; }

        public Tree? Child { get; set; }

        public int[]? Many { get; set; }
    }
}
