using Parley.Server.Configuration;

namespace Parley.Server.Signalling;

/// <summary>The signalling's own keys of <c>Parley</c>.</summary>
internal sealed record SignallingOptions
{
    /// <summary>Web origins that may connect, besides the server's own ("https://example.org"); "*" is any.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public static SignallingOptions Read(SectionReader parley) => new() { AllowedOrigins = parley.Origins(nameof(AllowedOrigins)) };
}
