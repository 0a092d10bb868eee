using Parley.Stun.Messages;

namespace Parley.Testing;

/// <summary>A packet in a few words, by its first byte (RFC 7983).</summary>
internal static class PacketDescription
{
    public static string Of(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return "nothing";
        }

        string what = packet[0] switch
        {
            <= 3 => DescribeStun(packet),
            >= 20 and <= 63 => "DTLS",
            >= 64 and <= 79 => ChannelData.TryRead(packet, out ushort channel, out _) ? $"ChannelData 0x{channel:X4}" : "data",
            >= 128 and <= 191 => "RTP",
            _ => "data",
        };
        return $"{what}, {packet.Length} bytes";
    }

    private static string DescribeStun(ReadOnlySpan<byte> packet)
    {
        // Of a stream's bytes, only the first frame is told.
        if (StreamFraming.Look(packet, out int length) == FrameKind.Stun)
        {
            packet = packet[..length];
        }

        if (!StunMessage.TryRead(packet, out StunMessage message))
        {
            return "data";
        }

        string what = $"STUN {message.Type}";
        if (message.TryGetErrorCode(out StunErrorCode code))
        {
            what += $" {(int)code}";
        }

        if (message.TryGetXorAddress(StunAttributeType.XorPeerAddress, out var peer))
        {
            what += $" for {peer}";
        }

        if (message.TryGetXorAddress(StunAttributeType.XorRelayedAddress, out var relayed))
        {
            what += $" relayed {relayed}";
        }

        return message.TryGetUInt32(StunAttributeType.Lifetime, out uint lifetime) ? $"{what} lifetime {lifetime}" : what;
    }
}
