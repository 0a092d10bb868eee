using System.Globalization;
using Parley.Core.Addresses;

namespace Parley.Testing.Routing;

/// <summary>
/// Hands out addresses. The public ones do not come from the ranges for documentation, because a TURN server refuses those.
/// </summary>
internal sealed class AddressPlan
{
    private int _public;

    /// <summary>Of the first host behind a router.</summary>
    public InternetAddress FirstPrivate { get; } = Private(1);

    public InternetAddress[] PublicPair()
    {
        _public++;
        return
        [
            InternetAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"25.0.{_public >> 8}.{_public & 0xFF}")),
            InternetAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2a00:25::{_public:x}")),
        ];
    }

    /// <summary>Every home has the same private addresses, as in life: to tell two of them apart by address is a bug to be found.</summary>
    public InternetAddress[] PrivatePair(int host) =>
    [
        Private(host),
        PublicPair()[1],
    ];

    private static InternetAddress Private(int host) => InternetAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"192.168.1.{host + 1}"));
}
