using Parley.Server.Rooms;

namespace Parley.Server.Seats;

/// <summary>What a seat token says, once its signature holds.</summary>
/// <param name="Room">The room's name in lower case.</param>
/// <param name="Role">What the participant may do.</param>
/// <param name="Claim">The seat.</param>
/// <param name="ExpiresAt">When the token ends, in whole seconds.</param>
internal sealed record SeatToken(string Room, SeatRole Role, SeatClaim Claim, DateTimeOffset ExpiresAt);

internal enum SeatRole : byte
{
    Participant = 1,
}
