using System.Net;

namespace Parley.TurnLoad;

/// <summary>What the command line says.</summary>
internal sealed record LoadOptions
{
    /// <summary>Where the server listens.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>Which process it is, on this machine.</summary>
    public required int Process { get; init; }

    /// <summary>Clients connect over TCP, not UDP.</summary>
    public bool Tcp { get; init; }

    /// <summary>Allocations, each with one channel to one peer.</summary>
    public required int Flows { get; init; }

    /// <summary>The users <c>user-0</c>, <c>user-1</c> and so on; each makes as many of the allocations as any other.</summary>
    public required int Users { get; init; }

    /// <summary>Of every user.</summary>
    public required string Password { get; init; }

    /// <summary>For how long packets are counted, or allocations held.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>How long packets flow before they are counted.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>How long the server is watched with all allocations and without packets.</summary>
    public TimeSpan Idle { get; init; }

    /// <summary>Of one flow, from its client.</summary>
    public int PacketsPerSecond { get; init; } = 50;

    /// <summary>Payload, in bytes.</summary>
    public int Size { get; init; } = 1_000;

    /// <summary>The part of the packets that may be lost: more, and the run has failed.</summary>
    public double MaxLoss { get; init; } = 0.001;
}
