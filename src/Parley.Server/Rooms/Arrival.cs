namespace Parley.Server.Rooms;

/// <summary>Someone at the door of a room.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Incarnation">The page load that asks.</param>
/// <param name="Media">What it sends.</param>
/// <param name="Claim">The seat it had before, if that is proven.</param>
internal sealed record Arrival(string Name, long Incarnation, MediaState Media, SeatClaim? Claim = null);

/// <summary>A seat that somebody had, as its token tells of it.</summary>
/// <param name="Id">Whose seat it was.</param>
/// <param name="Order">Its place in the order of arrival.</param>
/// <param name="Incarnation">The page load that the token was given to.</param>
internal sealed record SeatClaim(ParticipantId Id, long Order, long Incarnation);
