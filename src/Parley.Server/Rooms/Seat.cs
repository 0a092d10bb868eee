namespace Parley.Server.Rooms;

/// <summary>
/// A participant's place in a room, which outlives its connections. Owned by its <see cref="Room"/>, which alone changes it, under its lock.
/// </summary>
internal sealed class Seat(Room room, ParticipantId id, long order, Role role)
{
    public Room Room { get; } = room;

    public ParticipantId Id { get; } = id;

    /// <summary>The place in the order of arrival: larger for everyone who comes after.</summary>
    public long Order { get; } = order;

    /// <summary>Null until the first tenure.</summary>
    public Presence? Presence { get; private set; }

    public Participant Participant { get; private set; } = new(id, string.Empty, 0, default, Away: false, role, Hand: null);

    /// <summary>The join token that it was entered with, or the last other one that was shown here.</summary>
    public JoinTokenGrant? Grant { get; private set; }

    /// <summary>The name that a join token gave; null: the participant's own choice.</summary>
    public string? GivenName { get; private set; }

    /// <summary>What a token for this seat says.</summary>
    public SeatClaim Claim => new(Id, Order, Participant.Incarnation, Participant.Role, Room.State, GivenName);

    /// <summary>
    /// The order of arrival. Two have the same place only when a clock was set back between two starts of the server; then any order will
    /// do, if it is the same after the next start.
    /// </summary>
    public bool ComesBefore(Seat other) =>
        Order < other.Order || (Order == other.Order && string.CompareOrdinal(Id.Value, other.Id.Value) < 0);

    /// <summary>A connection takes the seat, from whoever had it.</summary>
    public Tenure Take(Arrival arrival, IParticipantConnection connection)
    {
        var tenure = new Tenure(this, connection);
        Become(tenure);
        Grant = arrival.Grant ?? Grant;
        GivenName = arrival.Grant?.Name ?? GivenName ?? (arrival.Claim?.GivenName is { Length: > 0 } proven ? proven : null);
        Participant = Participant with
        {
            Name = GivenName ?? arrival.Name,
            Incarnation = arrival.Incarnation,
            Media = arrival.Media,
            Away = false,
        };
        return tenure;
    }

    /// <summary>The seat is held without a connection from now on.</summary>
    public Absence Release()
    {
        var absence = new Absence(this);
        Become(absence);
        Participant = Participant with { Away = true };
        return absence;
    }

    public void End() => Become(new Ended(this));

    public void SetMedia(MediaState media) => Participant = Participant with { Media = media };

    public void SetRole(Role role) => Participant = Participant with { Role = role };

    public void SetHand(long? hand) => Participant = Participant with { Hand = hand };

    /// <summary>Tells whoever has the seat, if anybody has.</summary>
    public void Send(RoomMessage message) => (Presence as Tenure)?.Connection.Send(message);

    private void Become(Presence presence)
    {
        (Presence as Absence)?.Grace?.Dispose();
        Room.Register.Count(Presence, presence);
        Presence = presence;
    }
}
