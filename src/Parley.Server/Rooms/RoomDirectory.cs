namespace Parley.Server.Rooms;

/// <summary>All rooms of this server. A room comes into being with its first participant and goes with its last seat.</summary>
internal sealed class RoomDirectory(RoomOptions options, TimeProvider time)
{
    // Rooms take this lock under their own, so nothing calls a room while holding it.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly RoomRegister _register = new(time);

    public RoomOptions Options => options;

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

    /// <summary>Everyone with a seat, those away included.</summary>
    public int ParticipantCount => _register.SeatCount;

    public int AwayCount => _register.AwayCount;

    /// <summary>Has somebody told of every seat that ends, under its room's lock: it must neither block nor call back into the room.</summary>
    public void WhenSeatEnds(Action<ParticipantId> tell) => _register.WhenSeatEnds(tell);

    /// <summary>Gives whoever arrives a seat in the room of this name. See <see cref="Room.Admit"/> for <paramref name="admitted"/>.</summary>
    /// <returns>Never <see cref="Admission.RoomEnded"/>.</returns>
    public Admission Admit(
        string roomName,
        Arrival arrival,
        IParticipantConnection connection,
        Action<Tenure, IReadOnlyList<Participant>> admitted)
    {
        while (true)
        {
            if (FindOrBegin(roomName) is not { } room)
            {
                // Seats that are held must not keep out those who are here: anybody could fill the server with them.
                if (EndAbandonedRoom())
                {
                    continue;
                }

                return Admission.ServerFull;
            }

            // A room that has ended between these two steps is forgotten by now, so the next one is another.
            if (room.Admit(arrival, connection, admitted) is var admission and not Admission.RoomEnded)
            {
                return admission;
            }
        }
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
            room = new Room(roomName, options, _register, time, Forget);
            _rooms.Add(roomName, room);
            return room;
        }
    }

    /// <summary>Ends the room in which everyone has been away for the longest time; false when there is none.</summary>
    private bool EndAbandonedRoom()
    {
        Room[] rooms;
        lock (_lock)
        {
            rooms = [.. _rooms.Values];
        }

        return rooms
            .Select(static room => (Room: room, Since: room.AbandonedSince))
            .Where(static abandoned => abandoned.Since is not null)
            .OrderBy(static abandoned => abandoned.Since)
            .ThenBy(static abandoned => abandoned.Room.Name, StringComparer.Ordinal)
            .Any(static abandoned => abandoned.Room.EndIfAbandoned());
    }

    private void Forget(Room room)
    {
        lock (_lock)
        {
            _rooms.Remove(room.Name);
        }
    }
}
