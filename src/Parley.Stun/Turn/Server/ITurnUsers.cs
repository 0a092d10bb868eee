using Parley.Core.Time;
using Parley.Stun.Credentials;

namespace Parley.Stun.Turn.Server;

/// <summary>Whom a TURN server lets in.</summary>
public interface ITurnUsers
{
    /// <summary>
    /// The user with this name, or null: unknown, expired, or not welcome any more. Called for every request that has a message
    /// integrity, with names that strangers choose.
    /// </summary>
    /// <param name="now">To tell whether a credential has expired.</param>
    /// <param name="username">From USERNAME, at most 508 bytes of UTF-8.</param>
    TurnUser? Find(Instant now, string username);
}

/// <summary>Somebody who may allocate.</summary>
/// <param name="Id">
/// Whose quotas are counted together, whose allocations are revoked together: of an ephemeral credential the part that stays the same
/// when it is renewed.
/// </param>
/// <param name="Credential">What proves it.</param>
/// <param name="HasExpired">
/// The credential is good for the allocations that were made with it, and for no new ones (a call may outlast its credential).
/// </param>
public sealed record TurnUser(string Id, StunCredential Credential, bool HasExpired = false)
{
    /// <summary>Others that are as good, of the same name: while a secret is being replaced.</summary>
    public IReadOnlyList<StunCredential> Alternatives { get; init; } = [];

    /// <summary>How many allocations it may have at a time; null: as many as <see cref="TurnLimits.AllocationsPerUser"/> allows, which it never exceeds.</summary>
    public int? MaxAllocations { get; init; }
}
