using Parley.Server.Configuration;

namespace Parley.Server.Metrics;

/// <summary><c>Parley:Metrics</c>.</summary>
internal sealed record MetricsOptions
{
    /// <summary>Whether <c>/metrics</c> answers everyone. If not, it answers this machine only.</summary>
    public bool Public { get; init; }

    public static MetricsOptions Read(SectionReader section) => new() { Public = section.Boolean(nameof(Public), defaultValue: false) };
}
