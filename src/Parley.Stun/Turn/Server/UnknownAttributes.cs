using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>Which attributes of a request are not understood here, although they must be (RFC 8489, 6.3.1).</summary>
internal static class UnknownAttributes
{
    /// <summary>So many are told at most.</summary>
    public const int Max = 32;

    /// <summary>Writes them to <paramref name="found"/>, which holds <see cref="Max"/>; answers how many there are.</summary>
    public static int Collect(StunMessage message, Span<StunAttributeType> found)
    {
        int count = 0;
        foreach (StunAttribute attribute in message.Attributes)
        {
            if (attribute.IsComprehensionRequired && !IsUnderstood(attribute.Type) && count < Max && !found[..count].Contains(attribute.Type))
            {
                found[count++] = attribute.Type;
            }
        }

        return count;
    }

    /// <summary>
    /// DONT-FRAGMENT is not: whether a datagram may be fragmented is a property of a socket, not of a packet (RFC 8656, 7.2, item 4). Nor
    /// is what belongs to ICE checks, and to RFC 5780, 6062 and 7635.
    /// </summary>
    public static bool IsUnderstood(StunAttributeType type) => type is
        StunAttributeType.MappedAddress or StunAttributeType.Username or StunAttributeType.MessageIntegrity or StunAttributeType.ErrorCode
        or StunAttributeType.UnknownAttributes or StunAttributeType.ChannelNumber or StunAttributeType.Lifetime
        or StunAttributeType.XorPeerAddress or StunAttributeType.Data or StunAttributeType.Realm or StunAttributeType.Nonce
        or StunAttributeType.XorRelayedAddress or StunAttributeType.RequestedAddressFamily or StunAttributeType.EvenPort
        or StunAttributeType.RequestedTransport or StunAttributeType.MessageIntegritySha256 or StunAttributeType.PasswordAlgorithm
        or StunAttributeType.UserHash or StunAttributeType.XorMappedAddress or StunAttributeType.ReservationToken;
}
