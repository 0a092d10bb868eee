using System.Text;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Tests.Packets.MessagePack;

/// <summary>The bytes named "from the client" are what socket.io-msgpack-parser 3.0.2 wrote.</summary>
public sealed class MessagePackDecoderTests
{
    private readonly SocketIOOptions _options = new SocketIOOptions().UseMessagePack();

    [Theory]
    [InlineData("83a47479706500a464617461d40000a36e7370a12f", "/", "")]
    [InlineData("82a47479706500a36e7370a12f", "/", "")]
    [InlineData("83a47479706500a46461746181a5746f6b656ea3313233a36e7370a72f637573746f6d", "/custom", "{\"token\":\"123\"}")]
    public void A_connect_packet_from_the_client(string hex, string ns, string auth)
    {
        var packet = Read(hex);

        packet.Type.ShouldBe(PacketType.Connect);
        packet.Namespace.ShouldBe(ns);
        Encoding.UTF8.GetString(packet.Auth.Span).ShouldBe(auth);
    }

    [Fact]
    public void A_disconnect_packet_from_the_client()
    {
        var packet = Read("82a47479706501a36e7370a72f637573746f6d");

        packet.Type.ShouldBe(PacketType.Disconnect);
        packet.Namespace.ShouldBe("/custom");
    }

    [Fact]
    public void An_event_from_the_client_with_its_options_passed_over()
    {
        var packet = Read("85a47479706502a46461746194a16501a13281a13392c3c0a76f7074696f6e7381a8636f6d7072657373c3a269640ca36e7370a12f");

        packet.Type.ShouldBe(PacketType.Event);
        packet.AckId.ShouldBe(12UL);
        packet.Event.ShouldBe("e");
        Json(packet).ShouldBe(["1", "\"2\"", "{\"3\":[true,null]}"]);
        packet.Size.ShouldBe(53);
    }

    [Fact]
    public void Numbers_of_every_size_from_the_client() =>
        Json(Read(
            "83a47479706502a464617461dc0015a16e007fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000ffe0d0dfd080d1ff7fd18000"
            + "d2ffff7fffd280000000d3ffffffff7fffffffcb3ff8000000000000cf001fffffffffffffa36e7370a12f")).ShouldBe(
        [
            "0", "127", "128", "255", "256", "65535", "65536", "4294967295", "4294967296", "-1", "-32", "-33", "-128", "-129", "-32768",
            "-32769", "-2147483648", "-2147483649", "1.5", "9007199254740991",
        ]);

    [Fact]
    public void Bytes_from_the_client_wherever_they_stand_and_however_they_are_written()
    {
        var packet = Read(
            "83a47479706502a46461746196a162c40301020381a16191c7010004c70000c708000000000000000000c7010000a36e7370a12f");

        packet.Arguments!.Get<byte[]>(0).ShouldBe([1, 2, 3]);
        packet.Arguments.Get<Dictionary<string, byte[][]>>(1)!["a"][0].ShouldBe([4]);
        packet.Arguments.Get<byte[]>(2).ShouldBe([]);

        // As long as a date and as undefined, but neither.
        packet.Arguments.Get<byte[]>(3).ShouldBe(new byte[8]);
        packet.Arguments.Get<byte[]>(4).ShouldBe([0]);
        packet.Arguments.Attachments.Count.ShouldBe(5);
    }

    [Fact]
    public void Dates_from_the_client_are_the_text_that_they_are_in_json()
    {
        var packet = Read("83a47479706502a46461746193a164d700000000e47279755781a66265666f7265d700ffffffffffffffffa36e7370a12f");

        Json(packet).ShouldBe(["\"2001-02-03T04:05:06.007Z\"", "{\"before\":\"1969-12-31T23:59:59.999Z\"}"]);
        packet.Arguments!.Get<DateTimeOffset>(0).ShouldBe(new DateTimeOffset(2001, 2, 3, 4, 5, 6, 7, TimeSpan.Zero));
    }

    [Fact]
    public void What_json_has_no_word_for_is_what_javascript_makes_of_it() =>
        Json(Read("83a47479706502a46461746195a175d4000082a161d40000a16201cb7ff8000000000000cb7ff0000000000000a36e7370a12f"))
            .ShouldBe(["null", "{\"b\":1}", "null", "null"]);

    [Fact]
    public void Text_from_the_client()
    {
        var packet = Read(
            "83a47479706502a46461746192aec3a920e282ac2020f09f98802000"
            + "d92878787878787878787878787878787878787878787878787878787878787878787878787878787878a36e7370a12f");

        packet.Event.ShouldBe("é €  😀 \0");
        packet.Arguments!.Get<string>(0).ShouldBe(new string('x', 40));
    }

    [Fact]
    public void An_acknowledgement_from_the_client()
    {
        var packet = Read("84a47479706503a2696400a46461746192a178c40109a36e7370a52f63686174");

        packet.Type.ShouldBe(PacketType.Ack);
        packet.Namespace.ShouldBe("/chat");
        packet.AckId.ShouldBe(0UL);
        packet.Arguments!.Get<string>(0).ShouldBe("x");
        packet.Arguments.Get<byte[]>(1).ShouldBe([9]);
    }

    [Theory]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("ca3f800000", "1")]
    [InlineData("ca3dcccccd", "0.10000000149011612")]
    [InlineData("cbffefffffffffffff", "-1.7976931348623157E+308")]
    [InlineData("8101c3", "{\"1\":true}")]
    [InlineData("81a0c3", "{\"\":true}")]
    [InlineData("da000161", "\"a\"")]
    [InlineData("db0000000161", "\"a\"")]
    [InlineData("dc0001c0", "[null]")]
    [InlineData("dd00000001c0", "[null]")]
    [InlineData("de0001a161c0", "{\"a\":null}")]
    [InlineData("df00000001a161c0", "{\"a\":null}")]
    [InlineData("c5000101", "{\"_placeholder\":true,\"num\":0}")]
    [InlineData("c60000000101", "{\"_placeholder\":true,\"num\":0}")]
    [InlineData("d6ff00000001", "[-1,{\"_placeholder\":true,\"num\":0}]")]
    [InlineData("d70000037d4d5d5d5d5d", "null")]
    [InlineData("d7007fffffffffffffff", "null")]
    public void Whatever_other_encoders_write_is_read(string value, string json) =>
        Json(Read($"83a47479706502a46461746192a165{value}a36e7370a12f")).ShouldBe([json]);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("c0", "no map")]
    [InlineData("80", "no type")]
    [InlineData("82a36e7370a12fa46461746191a165", "no type")]
    [InlineData("82a47479706502a46461746191a165", "no namespace")]
    [InlineData("83a47479706502a46461746191a165a36e7370c0", "a namespace that is no text")]
    [InlineData("83a47479706502a46461746191a165a36e7370a161", "a namespace without its slash")]
    [InlineData("83a47479706502a46461746191a165a36e7370a32f612c", "a namespace with a comma")]
    [InlineData("83a47479706502a46461746191a165a36e7370a22fff", "a namespace that is no UTF-8")]
    [InlineData("83a47479706505a46461746191a165a36e7370a12f", "a type of the other parser")]
    [InlineData("83a474797065ffa46461746191a165a36e7370a12f", "a negative type")]
    [InlineData("83a474797065a132a46461746191a165a36e7370a12f", "a type that is text")]
    [InlineData("83a47479706504a46461746180a36e7370a12f", "CONNECT_ERROR from a client")]
    [InlineData("83a47479706500a464617461c0a36e7370a12f", "null for authentication")]
    [InlineData("83a47479706500a46461746190a36e7370a12f", "an array for authentication")]
    [InlineData("83a47479706500a46461746181a161c40101a36e7370a12f", "bytes in authentication")]
    [InlineData("83a47479706501a464617461c0a36e7370a12f", "DISCONNECT with a payload")]
    [InlineData("82a47479706502a36e7370a12f", "an event without a payload")]
    [InlineData("83a47479706502a46461746180a36e7370a12f", "an event that is no array")]
    [InlineData("83a47479706502a46461746190a36e7370a12f", "an event without a name")]
    [InlineData("83a47479706502a46461746191c0a36e7370a12f", "an event whose name is null")]
    [InlineData("83a47479706502a46461746191a7636f6e6e656374a36e7370a12f", "an event with a reserved name")]
    [InlineData("83a47479706503a46461746190a36e7370a12f", "an acknowledgement without a number")]
    [InlineData("84a47479706502a46461746191a165a26964c0a36e7370a12f", "a number that is null")]
    [InlineData("84a47479706502a46461746191a165a26964ffa36e7370a12f", "a negative number")]
    [InlineData("84a47479706502a46461746191a165a26964cb3ff8000000000000a36e7370a12f", "a number with a fraction")]
    [InlineData("84a47479706502a47479706502a46461746191a165a36e7370a12f", "two types")]
    [InlineData("84a47479706502a46461746191a165a46461746191a165a36e7370a12f", "two payloads")]
    [InlineData("83a47479706502a46461746191a165a36e7370a12f00", "something behind it")]
    [InlineData("83a47479706502a46461746192a165c1a36e7370a12f", "a byte that is never used")]
    [InlineData("83a47479706502a46461746192a165a1ffa36e7370a12f", "text that is no UTF-8")]
    [InlineData("83a47479706502a46461746192a16581c0c0a36e7370a12f", "a member without a name")]
    [InlineData("83a47479706502a46461746192a16581a1ffc0a36e7370a12f", "a member whose name is no UTF-8")]
    [InlineData("83a47479706502a464617461ddffffffffa165a36e7370a12f", "an array that says more than there is")]
    [InlineData("83a47479706502a46461746192a165dfffffffffa36e7370a12f", "a map that says more than there is")]
    [InlineData("83a47479706502a46461746192a165c6ffffffffa36e7370a12f", "bytes that say more than there are")]
    [InlineData("83a47479706502a46461746192a165c9ffffffff00a36e7370a12f", "an extension that says more than there is")]
    [InlineData("83a47479706502a46461746192a16582a12dc40101ac5f706c616365686f6c646572c3a36e7370a12f", "a placeholder that names nothing")]
    public void What_is_no_packet_is_a_violation(string hex, string why) =>
        Read(hex, out _).ShouldBe(DecodeResult.Violation, why);

    [Fact]
    public void Every_beginning_of_a_packet_is_a_violation()
    {
        var whole = Convert.FromHexString(
            "83a47479706502a46461746196a162c40301020381a16191c7010004d700000000e472797557d40000cb3ff8000000000000a36e7370a12f");
        Decoder().Read(whole, isBinary: true, out _).ShouldBe(DecodeResult.Packet);
        for (var length = 0; length < whole.Length; length++)
        {
            Decoder().Read(whole.AsMemory(0, length), isBinary: true, out _).ShouldBe(DecodeResult.Violation, $"{length} bytes");
        }
    }

    [Fact]
    public void Text_is_a_violation() =>
        Decoder().Read("2[\"e\"]"u8.ToArray(), isBinary: false, out _).ShouldBe(DecodeResult.Violation);

    [Fact]
    public void Depth_is_bounded_as_in_json()
    {
        // The array of the arguments is a level itself.
        Nested(0x91, _options.MaxJsonDepth - 1).ShouldBe(DecodeResult.Packet);
        Nested(0x91, _options.MaxJsonDepth).ShouldBe(DecodeResult.Violation);
        Nested(0x91, 900_000).ShouldBe(DecodeResult.Violation);

        _options.MaxJsonDepth = 1000;
        Nested(0x91, 999).ShouldBe(DecodeResult.Packet);
        Nested(0x91, 1000).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void Depth_of_what_is_passed_over_costs_nothing()
    {
        byte[] packet =
        [
            .. Convert.FromHexString("84a16f"),
            .. Enumerable.Repeat((byte)0x91, 900_000),
            0xc0,
            .. Convert.FromHexString("a47479706502a46461746191a165a36e7370a12f"),
        ];
        Decoder().Read(packet, isBinary: true, out _).ShouldBe(DecodeResult.Packet);
    }

    [Fact]
    public void Bytes_are_bounded_in_number()
    {
        Repeated("c400", _options.MaxAttachments).ShouldBe(DecodeResult.Packet);
        Repeated("c400", _options.MaxAttachments + 1).ShouldBe(DecodeResult.Violation);
        Repeated("c70000", _options.MaxAttachments + 1).ShouldBe(DecodeResult.Violation);
        Repeated("d40101", _options.MaxAttachments + 1).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void What_it_becomes_is_bounded_as_what_it_is()
    {
        // Each byte of these is six in JSON.
        _options.MaxPacketBytes = 1000;
        Repeated("c2", 150).ShouldBe(DecodeResult.Packet);
        Repeated("c2", 170).ShouldBe(DecodeResult.Violation);
        Repeated("ad" + string.Concat(Enumerable.Repeat("01", 13)), 12).ShouldBe(DecodeResult.Packet);
        Repeated("ad" + string.Concat(Enumerable.Repeat("01", 13)), 13).ShouldBe(DecodeResult.Violation);
        Repeated("c0", 1001).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void Bytes_are_copied_since_buffers_are_reused()
    {
        var buffer = Convert.FromHexString("83a47479706502a46461746193a165a178c4020102a36e7370a12f");
        Decoder().Read(buffer, isBinary: true, out var packet);
        Array.Clear(buffer);

        packet.Arguments!.Get<string>(0).ShouldBe("x");
        packet.Arguments.Get<byte[]>(1).ShouldBe([1, 2]);
    }

    private static string[] Json(Packet packet) =>
        [.. Enumerable.Range(0, packet.Arguments!.Count).Select(i => Encoding.UTF8.GetString(packet.Arguments.GetRawJson(i).Span))];

    private DecodeResult Nested(byte opening, int depth) =>
        Decoder().Read(
            (byte[])
            [
                .. Convert.FromHexString("83a47479706502a46461746192a165"),
                .. Enumerable.Repeat(opening, depth),
                0xc0,
                .. Convert.FromHexString("a36e7370a12f"),
            ],
            isBinary: true,
            out _);

    private DecodeResult Repeated(string value, int times) =>
        Read($"83a47479706502a464617461dc{times + 1:x4}a165{string.Concat(Enumerable.Repeat(value, times))}a36e7370a12f", out _);

    private Packet Read(string hex)
    {
        Read(hex, out var packet).ShouldBe(DecodeResult.Packet, hex);
        return packet;
    }

    private DecodeResult Read(string hex, out Packet packet) => Decoder().Read(Convert.FromHexString(hex), isBinary: true, out packet);

    private PacketDecoder Decoder() => new(_options, new ArgumentSerializer(_options));
}
