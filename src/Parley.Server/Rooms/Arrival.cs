using Parley.Server.Limits;

namespace Parley.Server.Rooms;

/// <summary>Someone at the door of a room.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Incarnation">The page load that asks.</param>
/// <param name="Media">What it sends.</param>
/// <param name="Claim">The seat it had before, if that is proven.</param>
/// <param name="Grant">What another application lets it do, if that is proven.</param>
internal sealed record Arrival(string Name, long Incarnation, MediaState Media, SeatClaim? Claim = null, JoinTokenGrant? Grant = null)
{
    /// <summary>The passcode it knows, if it says one.</summary>
    public PasscodeCode? Passcode { get; init; }

    /// <summary>Where it comes from.</summary>
    public AddressBlock Address { get; init; }

    /// <summary>It has shown a join token that does not hold. Who has a seat does not need one.</summary>
    public bool HasBadToken { get; init; }

    /// <summary>Nobody enters this server without a join token.</summary>
    public bool NeedsToken { get; init; }
}

/// <summary>A seat that somebody had, as its token tells of it.</summary>
/// <param name="Id">Whose seat it was.</param>
/// <param name="Order">Its place in the order of arrival.</param>
/// <param name="Incarnation">The page load that the token was given to.</param>
/// <param name="Role">What it might do in that room.</param>
/// <param name="Room">The room as it was.</param>
/// <param name="GivenName">
/// The name that a join token gave it; null: none did. Tokens carry a code of it only: <see cref="UnprovenName"/> when who shows the token
/// comes under another name.
/// </param>
internal sealed record SeatClaim(ParticipantId Id, long Order, long Incarnation, Role Role, RoomState Room, string? GivenName = null)
{
    /// <summary>No name that anybody could have.</summary>
    public const string UnprovenName = "";
}
