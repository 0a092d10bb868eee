namespace Parley.Server.Rooms;

/// <summary>All rooms of this server. A room comes into being with its first participant and goes with its last.</summary>
internal sealed class RoomDirectory(RoomOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private int _participants;

    public int Capacity => options.Capacity;

    public int RoomCount
    {
        get
        {
            lock (_lock)
            {
                return _rooms.Count;
            }
        }
    }

    public int ParticipantCount => Volatile.Read(ref _participants);

    /// <summary>Gives the newcomer a seat in the room of this name. See <see cref="Room.Admit"/> for <paramref name="admitted"/>.</summary>
    /// <returns>Never <see cref="Admission.RoomEnded"/>.</returns>
    public Admission Admit(
        string roomName,
        Participant newcomer,
        IParticipantConnection connection,
        Action<Seat, IReadOnlyList<Participant>> admitted)
    {
        while (true)
        {
            if (FindOrBegin(roomName) is not { } room)
            {
                return Admission.ServerFull;
            }

            var admission = room.Admit(newcomer, connection, admitted);
            switch (admission)
            {
                case Admission.Admitted:
                    Interlocked.Increment(ref _participants);
                    return admission;
                case Admission.RoomEnded:
                    // Its last participant left between our two steps; whoever comes first takes it from the list.
                    Forget(room);
                    continue;
                default:
                    return admission;
            }
        }
    }

    /// <summary>Ends a seat, and the room with its last.</summary>
    /// <returns>False when the seat had ended before.</returns>
    public bool Leave(Seat seat, LeaveReason reason)
    {
        var departure = seat.Room.Leave(seat, reason);
        if (departure == Departure.NotSeated)
        {
            return false;
        }

        Interlocked.Decrement(ref _participants);
        if (departure == Departure.Last)
        {
            Forget(seat.Room);
        }

        return true;
    }

    private Room? FindOrBegin(string roomName)
    {
        lock (_lock)
        {
            if (_rooms.TryGetValue(roomName, out var room))
            {
                return room;
            }

            if (_rooms.Count >= options.MaxRooms)
            {
                return null;
            }

            // Empty for a moment, but sure to be entered: nothing refuses the first participant.
            room = new Room(roomName, options.Capacity);
            _rooms.Add(roomName, room);
            return room;
        }
    }

    private void Forget(Room room)
    {
        lock (_lock)
        {
            if (_rooms.TryGetValue(room.Name, out var current) && current == room)
            {
                _rooms.Remove(room.Name);
            }
        }
    }
}
