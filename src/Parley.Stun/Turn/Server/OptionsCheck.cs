using System.Text;
using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>Finds what cannot be honoured before the server starts.</summary>
internal static class OptionsCheck
{
    private const int MaxRealmLength = 127;
    private const int MinKeyLength = 32;
    private const int MinPort = 1024;

    /// <summary>DATA and ChannelData have 16 bits of length, and so has the message around DATA.</summary>
    private const int MaxPayload = 65_000;

    private static readonly TimeSpan MinNonceLifetime = TimeSpan.FromMinutes(10);

    public static void ThrowIfInvalid(TurnServerOptions options)
    {
        Require(Encoding.UTF8.GetByteCount(options.Realm) is > 0 and <= MaxRealmLength, "The realm has 1 to 127 bytes.");
        Require(options.NonceKey.Length >= MinKeyLength, "The nonce key has 32 bytes or more.");
        Require(options.NonceLifetime >= MinNonceLifetime, "A nonce is good for 10 minutes or more.");
        Require(options.MinRelayPort >= MinPort, "Relay ports begin at 1024 or above.");
        Require(options.MinRelayPort <= options.MaxRelayPort, "The lowest relay port is above the highest.");
        Require(options.DefaultLifetime >= TimeSpan.FromSeconds(1), "An allocation lasts for a second or more.");
        Require(options.DefaultLifetime <= options.MaxLifetime, "The default lifetime is above the longest.");
        Require(options.MaxLifetime <= TimeSpan.FromSeconds(uint.MaxValue), "The longest lifetime does not fit into LIFETIME.");
        Require(options.DefaultFamily is IpFamily.IPv4 or IpFamily.IPv6, "The default family is IPv4 or IPv6.");
        CheckAddresses(options.RelayAddresses);
        CheckLimits(options.Limits);
    }

    private static void CheckAddresses(IReadOnlyList<RelayAddress> addresses)
    {
        foreach (RelayAddress address in addresses)
        {
            Require(!address.Local.IsUnspecified && !address.External.IsUnspecified, $"{address.Local} is no address that relays.");
            Require(address.Local.Family == address.External.Family, $"{address.Local} and {address.External} are of two families.");
            Require(addresses.Count(other => other.Local.Family == address.Local.Family) == 1, $"There are two relay addresses of {address.Local.Family}.");
        }
    }

    private static void CheckLimits(TurnLimits limits)
    {
        Require(
            limits.Allocations > 0 && limits.AllocationsPerUser > 0 && limits.AllocationsPerAddress > 0
            && limits.PermissionsPerAllocation > 0 && limits.ChannelsPerAllocation > 0
            && limits.PacketsPerSecondPerAllocation > 0 && limits.PacketsPerSecondPerUser > 0
            && limits.UnauthenticatedAnswersPerSecond > 0 && limits.UnauthenticatedAnswersBurst > 0
            && limits.UnauthenticatedAnswersPerSecondInAll > 0 && limits.UnauthenticatedAnswersPerSecondPerAllocation > 0 && limits.MaxPayload > 0,
            "Every limit is at least 1.");
        Require(limits.MaxPayload <= MaxPayload, $"A payload has at most {MaxPayload} bytes.");
        Require(
            Math.Min(limits.BytesPerSecondPerAllocation, limits.BytesPerSecondPerUser) >= limits.MaxPayload,
            "A rate below one payload per second lets none through.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
#pragma warning disable MA0015 // It is the caller's parameter that is wrong, and the message says what in it.
            throw new ArgumentException(otherwise);
#pragma warning restore MA0015
        }
    }
}
