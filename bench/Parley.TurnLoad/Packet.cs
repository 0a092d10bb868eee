using System.Buffers.Binary;
using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>
/// What a client sends: which flow it belongs to, which one of the flow it is, and when it was sent; then a filling which shows whether it
/// arrived as it was.
/// </summary>
internal static class Packet
{
    public const int MinLength = SentOffset + sizeof(long);

    private const int FlowOffset = 0;
    private const int SequenceOffset = 4;
    private const int SentOffset = 8;

    private static readonly byte[] Filling = MakeFilling();

    /// <summary>Fills all of <paramref name="packet"/>.</summary>
    public static void Write(Span<byte> packet, int flow, int sequence, Instant sent)
    {
        BinaryPrimitives.WriteInt32BigEndian(packet[FlowOffset..], flow);
        BinaryPrimitives.WriteInt32BigEndian(packet[SequenceOffset..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(packet[SentOffset..], sent.Ticks);
        Filling.AsSpan(0, packet.Length - MinLength).CopyTo(packet[MinLength..]);
    }

    /// <summary>Whether this is a packet of the flow, of that length, whose filling is whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, int flow, int length, out int sequence, out Instant sent)
    {
        (sequence, sent) = (0, default);
        if (packet.Length != length || BinaryPrimitives.ReadInt32BigEndian(packet[FlowOffset..]) != flow
            || !packet[MinLength..].SequenceEqual(Filling.AsSpan(0, length - MinLength)))
        {
            return false;
        }

        sequence = BinaryPrimitives.ReadInt32BigEndian(packet[SequenceOffset..]);
        sent = new Instant(BinaryPrimitives.ReadInt64BigEndian(packet[SentOffset..]));
        return true;
    }

    private static byte[] MakeFilling()
    {
        byte[] filling = new byte[64 * 1024];
        for (int i = 0; i < filling.Length; i++)
        {
            filling[i] = (byte)(i * 31);
        }

        return filling;
    }
}
