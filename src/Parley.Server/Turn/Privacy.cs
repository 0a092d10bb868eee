using Parley.Core.Addresses;

namespace Parley.Server.Turn;

/// <summary>Which addresses lead nowhere on the internet.</summary>
internal static class Privacy
{
    // RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291.
    private static readonly AddressRange[] Private =
    [
        .. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10" }
            .Select(AddressRange.Parse),
    ];

    private static readonly AddressRange[] Loopback = [AddressRange.Parse("127.0.0.0/8"), AddressRange.Parse("::1/128")];

    // RFC 1112, RFC 919, RFC 4291, RFC 3927.
    private static readonly AddressRange[] NoDestination =
    [
        .. new[] { "0.0.0.0/8", "224.0.0.0/3", "ff00::/8", "169.254.0.0/16", "fe80::/10" }.Select(AddressRange.Parse),
    ];

    /// <summary>It leads from somewhere else to one machine.</summary>
    public static bool CanBeReached(this InternetAddress address) =>
        !address.IsUnspecified && !address.IsLoopback() && !Array.Exists(NoDestination, range => range.Contains(address));

    public static bool IsLoopback(this InternetAddress address) => Array.Exists(Loopback, range => range.Contains(address));

    /// <summary>Known to the world. What a machine has of neither kind, it has from its provider.</summary>
    public static bool IsPublic(this InternetAddress address) =>
        !address.IsUnspecified && !address.IsLoopback() && !Array.Exists(Private, range => range.Contains(address));
}
