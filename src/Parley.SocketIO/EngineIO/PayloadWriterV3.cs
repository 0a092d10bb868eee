using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.SocketIO.EngineIO;

/// <summary>Joins packets into a polling payload of protocol version 3. Its two forms: <see cref="PayloadReaderV3"/>.</summary>
internal static class PayloadWriterV3
{
    /// <summary>Writes all packets. True when they went as octets, because one is binary and the client takes it.</summary>
    public static bool Write(ArrayBufferWriter<byte> payload, IReadOnlyList<OutboundPacket> packets, bool takesBinary)
    {
        var asOctets = takesBinary && packets.Any(static p => p.IsBinary);
        foreach (var packet in packets)
        {
            if (asOctets)
            {
                WriteOctets(payload, packet);
            }
            else
            {
                WriteText(payload, packet.IsBinary ? Base64Packet.Wrap(packet.Data.Span, EngineProtocol.V3) : packet.Data.Span);
            }
        }

        return asOctets;
    }

    private static void WriteText(ArrayBufferWriter<byte> payload, ReadOnlySpan<byte> text)
    {
        WriteNumber(payload, Encoding.UTF8.GetCharCount(text), zero: (byte)'0');
        payload.Write(":"u8);
        payload.Write(text);
    }

    private static void WriteOctets(ArrayBufferWriter<byte> payload, OutboundPacket packet)
    {
        var data = packet.IsBinary ? BinaryPacketV3.Wrap(packet.Data.Span) : packet.Data.Span;
        payload.Write([packet.IsBinary ? (byte)1 : (byte)0]);
        WriteNumber(payload, data.Length, zero: 0);
        payload.Write([(byte)255]);
        payload.Write(data);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> payload, int number, byte zero)
    {
        var digits = payload.GetSpan(10);
        number.TryFormat(digits, out var count, provider: CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            digits[i] = (byte)(digits[i] - '0' + zero);
        }

        payload.Advance(count);
    }
}
