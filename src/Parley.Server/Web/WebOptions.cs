using Parley.Server.Configuration;

namespace Parley.Server.Web;

/// <summary>The page's own keys of <c>Parley</c>.</summary>
internal sealed record WebOptions
{
    /// <summary>Web origins whose pages may show this server's page in a frame; "*" is any. None, unless named.</summary>
    public IReadOnlyList<string> FrameOrigins { get; init; } = [];

    public static WebOptions Read(SectionReader parley)
    {
        var origins = parley.Origins(nameof(FrameOrigins));

        // The grammar of a policy's sources has no place for them (CSP Level 3, section 2.3.1): browsers would ignore the origin.
        return origins.FirstOrDefault(origin => origin.Contains('[', StringComparison.Ordinal)) is { } unnameable
            ? throw parley.Bad(nameof(FrameOrigins), $"cannot name an IPv6 address; it has {SectionReader.Quote(unnameable)}")
            : new() { FrameOrigins = origins };
    }
}
