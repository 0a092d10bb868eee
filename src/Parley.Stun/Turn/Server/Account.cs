namespace Parley.Stun.Turn.Server;

/// <summary>What one <see cref="TurnUser.Id"/> has at the moment; forgotten with its last allocation.</summary>
internal sealed class Account(string userId, TurnLimits limits)
{
    public string UserId { get; } = userId;

    public HashSet<Allocation> Allocations { get; } = [];

    public Throttle ToPeers { get; } = new(limits.BytesPerSecondPerUser, limits.PacketsPerSecondPerUser);

    public Throttle ToClients { get; } = new(limits.BytesPerSecondPerUser, limits.PacketsPerSecondPerUser);
}
