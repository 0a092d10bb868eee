using Parley.Server.Configuration;

namespace Parley.Server.Signalling;

/// <summary>The signalling's own keys of <c>Parley</c>.</summary>
internal sealed record SignallingOptions
{
    private const string AllowedOriginsKey = "AllowedOrigins";

    /// <summary>Web origins that may connect, besides the server's own ("https://example.org"); "*" is any.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public static SignallingOptions Read(SectionReader parley) =>
        new() { AllowedOrigins = [.. parley.Texts(AllowedOriginsKey).Select(origin => ReadOrigin(parley, origin))] };

    /// <summary>An origin is compared as the browser spells it (RFC 6454, section 6.2), so a wrong spelling would never match.</summary>
    private static string ReadOrigin(SectionReader parley, string text)
    {
        if (text == "*")
        {
            return text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/"
            || uri.Fragment.Length > 0
            || uri.UserInfo.Length > 0)
        {
            throw parley.Bad(AllowedOriginsKey, $"must name origins such as https://example.org, or *; it has {SectionReader.Quote(text)}");
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return $"{uri.Scheme}://{host}{(uri.IsDefaultPort ? string.Empty : $":{uri.Port}")}";
    }
}
