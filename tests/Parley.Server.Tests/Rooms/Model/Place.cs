using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One seat.</summary>
internal sealed class Place
{
    public required Participant Participant { get; set; }

    public required long Order { get; init; }

    /// <summary>Null: away.</summary>
    public Member? Member { get; set; }

    public DateTimeOffset HeldUntil { get; set; }

    public int Timer { get; set; }

    public JoinTokenGrant? Grant { get; set; }

    public string? GivenName { get; set; }
}
