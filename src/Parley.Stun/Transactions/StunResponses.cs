using Parley.Stun.Messages;

namespace Parley.Stun.Transactions;

/// <summary>What holds for the answers to every request.</summary>
internal static class StunResponses
{
    /// <summary>
    /// Whether there is an attribute that has to be understood and is not: the transaction has failed then (RFC 8489, 6.3.3 and 6.3.4).
    /// </summary>
    public static bool HasUnknownAttribute(StunMessage message)
    {
        foreach (StunAttribute attribute in message.Attributes)
        {
            if (attribute.IsComprehensionRequired && !IsUnderstood(attribute.Type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnderstood(StunAttributeType type) => type is StunAttributeType.MappedAddress or StunAttributeType.Username
        or StunAttributeType.MessageIntegrity or StunAttributeType.ErrorCode or StunAttributeType.UnknownAttributes
        or StunAttributeType.ChannelNumber or StunAttributeType.Lifetime or StunAttributeType.XorPeerAddress or StunAttributeType.Data
        or StunAttributeType.Realm or StunAttributeType.Nonce or StunAttributeType.XorRelayedAddress
        or StunAttributeType.RequestedAddressFamily or StunAttributeType.MessageIntegritySha256 or StunAttributeType.PasswordAlgorithm
        or StunAttributeType.UserHash or StunAttributeType.XorMappedAddress or StunAttributeType.ReservationToken;
}
