namespace Parley.Server.Rooms;

/// <summary>A participant's place in a room. Owned by its <see cref="Room"/>, which alone changes it, under its lock.</summary>
internal sealed class Seat(Room room, long order, Participant participant, IParticipantConnection connection)
{
    public Room Room { get; } = room;

    /// <summary>1 for the first to arrive in this room, and larger for everyone after.</summary>
    public long Order { get; } = order;

    public ParticipantId Id => Participant.Id;

    public Participant Participant { get; set; } = participant;

    public IParticipantConnection Connection { get; } = connection;
}
