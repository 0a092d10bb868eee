using Parley.Server.Rooms;

namespace Parley.Server.Seats;

/// <summary>What a seat token says, once its signature holds.</summary>
/// <param name="Room">The room's name in lower case.</param>
/// <param name="Claim">The seat. If it has a given name, that is known as a code only: <see cref="SeatClaim.UnprovenName"/>.</param>
/// <param name="NameCode">The code of the given name.</param>
/// <param name="ExpiresAt">When the token ends, in whole seconds.</param>
internal sealed record SeatToken(string Room, SeatClaim Claim, ulong NameCode, DateTimeOffset ExpiresAt);
