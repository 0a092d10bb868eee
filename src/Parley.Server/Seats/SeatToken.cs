using Parley.Server.Rooms;

namespace Parley.Server.Seats;

/// <summary>What a seat token says, once its signature holds.</summary>
/// <param name="Room">The room's name in lower case.</param>
/// <param name="Participant">Whose seat it is.</param>
/// <param name="Role">What the participant may do.</param>
/// <param name="Order">The place in the order of arrival, 1 or more.</param>
/// <param name="ExpiresAt">When the token ends, in whole seconds.</param>
internal sealed record SeatToken(string Room, ParticipantId Participant, SeatRole Role, long Order, DateTimeOffset ExpiresAt);

internal enum SeatRole : byte
{
    Participant = 1,
}
