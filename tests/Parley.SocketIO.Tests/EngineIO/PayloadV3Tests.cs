using System.Buffers;
using System.Text;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class PayloadV3Tests
{
    [Theory]
    [InlineData("6:4hello", "4hello")]
    [InlineData("2:4a2:4b1:3", "4a|4b|3")]
    [InlineData("10:b4AQIDBA==", "b:01020304")]
    [InlineData("2:b4", "b:")]
    [InlineData("2:4a6:b4AQ==2:4b", "4a|b:01|4b")]
    [InlineData("2:4:3:4::", "4:|4::")]
    [InlineData("2:4€3:4😀2:4a", "4€|4😀|4a")]
    [InlineData("0:2:4a0:", "4a")]
    [InlineData("002:4a", "4a")]
    [InlineData("4hello", "null")]
    [InlineData(":4", "null")]
    [InlineData("2", "null")]
    [InlineData("2:4", "null")]
    [InlineData("-1:4", "null")]
    [InlineData("+1:4", "null")]
    [InlineData(" 1:4", "null")]
    [InlineData("1e0:4", "null")]
    [InlineData("4294967297:4", "null")]
    [InlineData("99999999999999999999:4", "null")]
    [InlineData("2:4😀", "null")]
    [InlineData("2:4a3", "4a|null")]
    [InlineData("1:b", "null")]
    [InlineData("6:b2AQ==", "null")]
    [InlineData("6:b4A!==", "null")]
    public void A_payload_of_text_tells_the_length_of_each_packet_in_code_units(string payload, string expected) =>
        Read(Encoding.UTF8.GetBytes(payload), isOctets: false).ShouldBe(expected);

    [Theory]
    [InlineData("0006FF3468656C6C6F", "4hello")]
    [InlineData("000106FF3468656C6C6F34343434343434343434", "4hello4444444444")]
    [InlineData("0002FF34610105FF0401020304", "4a|b:01020304")]
    [InlineData("0101FF04", "b:")]
    [InlineData("0006FF623441513D3D", "b:01")]
    [InlineData("0004FF34E282AC", "4€")]
    [InlineData("0000FF", "")]
    [InlineData("00", "null")]
    [InlineData("00FF34", "null")]
    [InlineData("000A34", "null")]
    [InlineData("0002FF34", "null")]
    [InlineData("0201FF34", "null")]
    [InlineData("0100FF", "null")]
    [InlineData("0101FF02", "null")]
    [InlineData("0003FF34C328", "null")]
    [InlineData("000909090909090909090909FF34", "null")]
    [InlineData("00090909090909090909FF34", "null")]
    public void A_payload_of_octets_tells_the_length_of_each_packet_in_bytes(string payload, string expected) =>
        Read(Convert.FromHexString(payload), isOctets: true).ShouldBe(expected);

    [Fact]
    public void A_payload_is_bounded_in_packets_empty_ones_included()
    {
        Read("1:31:31:3"u8.ToArray(), isOctets: false, maxPackets: 3).ShouldBe("3|3|3");
        Read("1:31:31:31:3"u8.ToArray(), isOctets: false, maxPackets: 3).ShouldBe("3|3|3|null");
        Read("0:0:0:1:3"u8.ToArray(), isOctets: false, maxPackets: 3).ShouldBe("null");
    }

    [Fact]
    public void A_payload_of_text_is_utf8()
    {
        PayloadReaderV3.IsAcceptable("2:4€"u8, isOctets: false).ShouldBeTrue();
        PayloadReaderV3.IsAcceptable([.. "2:4"u8, 0xff], isOctets: false).ShouldBeFalse();
        PayloadReaderV3.IsAcceptable([.. "2:4"u8, 0xff], isOctets: true).ShouldBeTrue();
        PayloadReaderV3.IsAcceptable([], isOctets: true).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_can_be_read_again(bool takesBinary)
    {
        var random = new Random(42);
        for (var round = 0; round < 200; round++)
        {
            List<OutboundPacket> packets = [];
            List<string> expected = [];
            for (var i = random.Next(1, 20); i > 0; i--)
            {
                var data = new byte[random.Next(0, 200)];
                random.NextBytes(data);
                var isBinary = random.Next(4) == 0;
                var text = "4ä😀€" + Convert.ToHexString(data);
                packets.Add(new OutboundPacket(isBinary ? data : Encoding.UTF8.GetBytes(text), isBinary));
                expected.Add(isBinary ? "b:" + Convert.ToHexString(data) : text);
            }

            var payload = new ArrayBufferWriter<byte>();
            var isOctets = PayloadWriterV3.Write(payload, packets, takesBinary);
            isOctets.ShouldBe(takesBinary && packets.Exists(p => p.IsBinary));
            Read(payload.WrittenSpan.ToArray(), isOctets).ShouldBe(string.Join('|', expected));
        }
    }

    [Fact]
    public void Hostile_bytes_are_read_to_an_end()
    {
        var random = new Random(7);
        ReadOnlySpan<byte> alphabet = [.. "0123456789:b4€😀"u8, 0, 1, 9, 10, 255];
        for (var round = 0; round < 20_000; round++)
        {
            var payload = random.GetItems(alphabet, random.Next(1, 40));
            Read(payload, isOctets: true);
            if (PayloadReaderV3.IsAcceptable(payload, isOctets: false))
            {
                Read(payload, isOctets: false);
            }
        }
    }

    private static string Read(byte[] payload, bool isOctets, int maxPackets = 1000)
    {
        var reader = new PayloadReaderV3(payload, isOctets, maxPackets);
        List<string> packets = [];
        while (reader.TryRead(out var packet, out var isBinary))
        {
            packets.Add(packet is not { } data ? "null"
                : isBinary ? "b:" + Convert.ToHexString(data.Span)
                : Encoding.UTF8.GetString(data.Span));
            if (packet is null)
            {
                break;
            }
        }

        return string.Join('|', packets);
    }
}
