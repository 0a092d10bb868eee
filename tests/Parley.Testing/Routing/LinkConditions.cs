namespace Parley.Testing.Routing;

/// <summary>How a link treats packets, each way.</summary>
public sealed record LinkConditions
{
    /// <summary>Each packet takes at least so long.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>And up to so much longer, each packet for itself: later ones overtake earlier ones.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>No packet overtakes another, however long each takes.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>The probability that a packet is lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The probability that a packet arrives twice, 0 to 1.</summary>
    public double Duplication { get; init; }
}
