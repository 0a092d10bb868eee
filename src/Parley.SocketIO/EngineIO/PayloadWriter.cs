using System.Buffers;
using System.Buffers.Text;

namespace Parley.SocketIO.EngineIO;

/// <summary>Joins packets into a polling payload.</summary>
internal static class PayloadWriter
{
    public static void Append(ArrayBufferWriter<byte> payload, OutboundPacket packet)
    {
        if (payload.WrittenCount > 0)
        {
            payload.Write("\x1e"u8);
        }

        if (!packet.IsBinary)
        {
            payload.Write(packet.Data.Span);
            return;
        }

        payload.Write("b"u8);
        var destination = payload.GetSpan(Base64.GetMaxEncodedToUtf8Length(packet.Data.Length));
        Base64.EncodeToUtf8(packet.Data.Span, destination, out _, out var written);
        payload.Advance(written);
    }
}
