namespace Parley.Server.Rooms;

/// <summary>A room as it was at one moment, for who looks from outside.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="OpenedAt">When it began; after a restart, when it came back.</param>
/// <param name="Doors">What stands between it and who is new.</param>
/// <param name="Participants">In order of arrival, those away included.</param>
/// <param name="Waiting">How many stand at the door.</param>
internal sealed record RoomSnapshot(string Name, DateTimeOffset OpenedAt, Doors Doors, IReadOnlyList<Participant> Participants, int Waiting);
