using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>What one <see cref="TurnUser.Id"/> has at the moment, and how much of it was used.</summary>
internal sealed class Account(string userId, TurnLimits limits)
{
    public string UserId { get; } = userId;

    public HashSet<Allocation> Allocations { get; } = [];

    public Throttle ToPeers { get; } = new(limits.BytesPerSecondPerUser, limits.PacketsPerSecondPerUser);

    public Throttle ToClients { get; } = new(limits.BytesPerSecondPerUser, limits.PacketsPerSecondPerUser);

    /// <summary>Whether <see cref="Accounts"/> holds it among those that may be forgotten.</summary>
    public bool IsResting { get; set; }

    /// <summary>An account made anew would be the same.</summary>
    public bool IsAsNew(Instant now) => Allocations.Count == 0 && ToPeers.IsFull(now) && ToClients.IsFull(now);
}
