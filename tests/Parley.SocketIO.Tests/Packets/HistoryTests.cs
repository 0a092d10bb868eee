using System.Text;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Tests.Packets;

/// <summary>What went wrong in other Socket.IO parsers, tried here on both of ours.</summary>
public sealed class HistoryTests
{
    private const int Long = 900_000;
    private const string Zero = "{\"_placeholder\":true,\"num\":0}";

    [Theory]
    [InlineData("5")]
    [InlineData("51-2")]
    [InlineData("2")]
    [InlineData("2/")]
    [InlineData("0/a")]
    public void Cve_2020_36049_a_header_that_does_not_end_costs_nothing(string beginning)
    {
        var message = Encoding.UTF8.GetBytes(beginning + new string('1', Long));
        var decoder = Json();
        AllocatedBy(() => decoder.Read(message, isBinary: false, out _).ShouldBe(DecodeResult.Violation)).ShouldBeLessThan(16 * 1024);
    }

    [Fact]
    public void Cve_2020_36049_a_namespace_that_does_not_end_costs_nothing_in_messagepack()
    {
        byte[] message = [.. Hex("82a47479706500a36e7370db000dbba12f"), .. new byte[Long]];
        var decoder = MessagePack();
        AllocatedBy(() => decoder.Read(message, isBinary: true, out _).ShouldBe(DecodeResult.Violation)).ShouldBeLessThan(16 * 1024);
    }

    [Theory]
    [InlineData("\"splice\"")]
    [InlineData("\"__proto__\"")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("{\"toString\":0}")]
    public void Cve_2022_2421_a_placeholder_that_names_no_attachment_is_refused(string number) =>
        Json().Read(Text($"51-[\"e\",{{\"_placeholder\":true,\"num\":{number}}}]"), isBinary: false, out _).ShouldBe(DecodeResult.Violation);

    [Theory]
    [InlineData("a673706c696365")]
    [InlineData("01")]
    [InlineData("ff")]
    public void Cve_2022_2421_a_map_that_poses_as_a_placeholder_is_refused_in_messagepack(string number) =>
        MessagePack().Read(
            Hex($"83a47479706502a46461746193a165c4010982ac5f706c616365686f6c646572c3a36e756d{number}a36e7370a12f"), isBinary: true, out _)
            .ShouldBe(DecodeResult.Violation);

    [Theory]
    [InlineData("{\"toString\":\"foo\"}")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("\"connect\"")]
    [InlineData("\"disconnecting\"")]
    public void Cve_2023_32695_an_event_is_named_by_text_or_a_number_that_nobody_reserved(string name)
    {
        Json().Read(Text($"2[{name}]"), isBinary: false, out _).ShouldBe(DecodeResult.Violation);
        Json().Read(Text($"51-[{name},{Zero}]"), isBinary: false, out _).ShouldBe(DecodeResult.Violation);
    }

    [Theory]
    [InlineData("81a8746f537472696e67a3666f6f")]
    [InlineData("c0")]
    [InlineData("c3")]
    [InlineData("90")]
    [InlineData("c40165")]
    [InlineData("d40000")]
    [InlineData("a7636f6e6e656374")]
    public void Cve_2023_32695_an_event_is_named_by_text_or_a_number_in_messagepack(string name) =>
        MessagePack().Read(Hex($"83a47479706502a46461746191{name}a36e7370a12f"), isBinary: true, out _).ShouldBe(DecodeResult.Violation);

    [Fact]
    public void Cve_2024_38355_an_event_that_is_named_error_is_an_event_like_others()
    {
        Json().Read(Text("2[\"error\",1]"), isBinary: false, out var packet).ShouldBe(DecodeResult.Packet);
        packet.Event.ShouldBe("error");
        MessagePack().Read(Hex("83a47479706502a46461746192a56572726f7201a36e7370a12f"), isBinary: true, out packet).ShouldBe(DecodeResult.Packet);
        packet.Event.ShouldBe("error");
    }

    [Fact]
    public void Cve_2026_33151_attachments_are_bounded_in_number_before_one_is_kept()
    {
        Json().Read(Text($"511-[\"e\",{Zero}]"), isBinary: false, out _).ShouldBe(DecodeResult.Violation);
        Json().Read(Text($"5100000000-[\"e\",{Zero}]"), isBinary: false, out _).ShouldBe(DecodeResult.Violation);
        byte[] many = [.. Hex("83a47479706502a464617461dd000493e0a165"), .. Enumerable.Repeat<byte[]>([0xc4, 0], 299_999).SelectMany(b => b), .. Hex("a36e7370a12f")];
        var decoder = MessagePack();
        AllocatedBy(() => decoder.Read(many, isBinary: true, out _).ShouldBe(DecodeResult.Violation)).ShouldBeLessThan(64 * 1024);
    }

    [Fact]
    public void Cve_2026_33151_what_waits_for_its_attachments_is_bounded_in_bytes()
    {
        var decoder = Json();
        decoder.Read(Text($"510-[\"e\",{Zero}]"), isBinary: false, out _).ShouldBe(DecodeResult.AttachmentsPending);
        for (var i = 0; i < 4; i++)
        {
            decoder.Read(new byte[950_000], isBinary: true, out _).ShouldBe(DecodeResult.AttachmentsPending);
        }

        decoder.Read(new byte[950_000], isBinary: true, out _).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void A_count_that_lies_reserves_no_memory()
    {
        var decoder = MessagePack();
        foreach (var lie in (string[])["dd7fffffff", "ddffffffff", "df7fffffff", "dfffffffff", "c67fffffff", "dbffffffff", "c9ffffffff00"])
        {
            var message = Hex($"83a47479706502a464617461{lie}a36e7370a12f");
            AllocatedBy(() => decoder.Read(message, isBinary: true, out _).ShouldBe(DecodeResult.Violation, lie)).ShouldBeLessThan(16 * 1024, lie);
        }
    }

    [Fact]
    public void Nesting_costs_neither_stack_nor_memory_in_any_parser()
    {
        var text = Text("2[\"e\"," + new string('[', Long));
        var json = Json();
        AllocatedBy(() => json.Read(text, isBinary: false, out _).ShouldBe(DecodeResult.Violation)).ShouldBeLessThan(64 * 1024);

        byte[] bytes = [.. Hex("83a47479706502a46461746192a165"), .. Enumerable.Repeat((byte)0x91, Long), 0xc0, .. Hex("a36e7370a12f")];
        var messagePack = MessagePack();
        AllocatedBy(() => messagePack.Read(bytes, isBinary: true, out _).ShouldBe(DecodeResult.Violation)).ShouldBeLessThan(64 * 1024);
    }

    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);

    private static PacketDecoder Json() => Decoder(new());

    private static PacketDecoder MessagePack() => Decoder(new SocketIOOptions().UseMessagePack());

    private static PacketDecoder Decoder(SocketIOOptions options) => new(options, new ArgumentSerializer(options));
}
