using System.Buffers;
using System.Text;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class PayloadTests
{
    [Theory]
    [InlineData("4hello", "4hello")]
    [InlineData("4a\u001e4b\u001e3", "4a|4b|3")]
    [InlineData("4a\u001e\u001e4b", "4a||4b")]
    [InlineData("4a\u001e", "4a|")]
    [InlineData("bAQIDBA==", "b:01020304")]
    [InlineData("4a\u001ebAQ==\u001e4b\u001eb", "4a|b:01|4b|b:")]
    [InlineData("b!", "null")]
    [InlineData("bAQI\u001e4a", "null|4a")]
    [InlineData("4b", "4b")]
    [InlineData("4€\u001e4😀", "4€|4😀")]
    public void A_payload_is_packets_joined_by_the_record_separator(string payload, string expected) =>
        string.Join('|', Read(Encoding.UTF8.GetBytes(payload))).ShouldBe(expected);

    [Fact]
    public void A_payload_is_bounded_in_packets_before_any_is_read()
    {
        PayloadReader.IsAcceptable("4a\u001e4b\u001e4c"u8, 3).ShouldBeTrue();
        PayloadReader.IsAcceptable("4a\u001e4b\u001e4c\u001e"u8, 3).ShouldBeFalse();
        PayloadReader.IsAcceptable(""u8, 3).ShouldBeFalse();
    }

    [Fact]
    public void A_payload_is_utf8()
    {
        PayloadReader.IsAcceptable("4€"u8, 3).ShouldBeTrue();
        PayloadReader.IsAcceptable([(byte)'4', 0xff], 3).ShouldBeFalse();
        PayloadReader.IsAcceptable([(byte)'4', 0xed, 0xa0, 0x80], 3).ShouldBeFalse();
        PayloadReader.IsAcceptable([(byte)'4', 0xc3], 3).ShouldBeFalse();
    }

    [Fact]
    public void What_is_written_can_be_read_again()
    {
        var random = new Random(42);
        for (var round = 0; round < 200; round++)
        {
            var payload = new ArrayBufferWriter<byte>();
            List<string> expected = [];
            for (var i = random.Next(1, 20); i > 0; i--)
            {
                var data = new byte[random.Next(0, 200)];
                random.NextBytes(data);
                var isBinary = random.Next(2) == 0;
                if (!isBinary)
                {
                    data = Encoding.UTF8.GetBytes("4" + Convert.ToHexString(data));
                }

                PayloadWriter.Append(payload, new OutboundPacket(data, isBinary));
                expected.Add(isBinary ? "b:" + Convert.ToHexString(data) : Encoding.UTF8.GetString(data));
            }

            Read(payload.WrittenSpan.ToArray()).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_payload_is_written_as_the_reference_writes_it()
    {
        var payload = new ArrayBufferWriter<byte>();
        PayloadWriter.Append(payload, new OutboundPacket("4hello"u8.ToArray(), IsBinary: false));
        PayloadWriter.Append(payload, new OutboundPacket(new byte[] { 1, 2, 3, 4 }, IsBinary: true));
        PayloadWriter.Append(payload, OutboundPacket.Ping);
        Encoding.UTF8.GetString(payload.WrittenSpan).ShouldBe("4hello\u001ebAQIDBA==\u001e2");
    }

    internal static List<string> Read(byte[] payload)
    {
        List<string> packets = [];
        var reader = new PayloadReader(payload);
        while (reader.TryRead(out var packet, out var isBinary))
        {
            packets.Add(packet is not { } data ? "null"
                : isBinary ? "b:" + Convert.ToHexString(data.Span)
                : Encoding.UTF8.GetString(data.Span));
        }

        return packets;
    }
}
