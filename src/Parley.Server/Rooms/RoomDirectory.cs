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

    /// <summary>
    /// Has somebody told of everything that happens to rooms, in its order for each room, under the room's lock: it must neither block
    /// nor call back into the room. What takes time is queued.
    /// </summary>
    public void WhenSomethingHappens(Action<RoomEvent> tell) => _register.WhenSomethingHappens(tell);

    /// <summary>All rooms by name. Each as it is at one moment; the moments differ.</summary>
    public IReadOnlyList<RoomSnapshot> Snapshot()
    {
        Room[] rooms;
        lock (_lock)
        {
            rooms = [.. _rooms.Values];
        }

        return [.. rooms.Select(room => room.Snapshot()).OfType<RoomSnapshot>().OrderBy(room => room.Name, StringComparer.Ordinal)];
    }

    /// <summary>One room.</summary>
    /// <param name="roomName">In lower case.</param>
    /// <returns>Null when there is none.</returns>
    public RoomSnapshot? Snapshot(string roomName) => Find(roomName)?.Snapshot();

    /// <summary>Removes a participant, as a host does. See docs/signalling.md, "remove".</summary>
    /// <param name="roomName">In lower case.</param>
    /// <param name="participant">Present or away.</param>
    /// <returns>False when it is not there.</returns>
    public bool Remove(string roomName, ParticipantId participant) => Find(roomName)?.Remove(participant) == true;

    /// <summary>Ends a room for everybody in it, as a host does.</summary>
    /// <param name="roomName">In lower case.</param>
    /// <returns>False when there is none.</returns>
    public bool End(string roomName) => Find(roomName)?.End() == true;

    /// <summary>Gives whoever arrives a seat in the room of this name, as <see cref="Room.Admit"/> does.</summary>
    /// <returns>Never <see cref="Admission.RoomEnded"/>.</returns>
    public Admission Admit(string roomName, Arrival arrival, IParticipantConnection connection)
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
            if (room.Admit(arrival, connection) is var admission and not Admission.RoomEnded)
            {
                return admission;
            }
        }
    }

    private Room? Find(string roomName)
    {
        lock (_lock)
        {
            return _rooms.GetValueOrDefault(roomName);
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

            // Empty for a moment. Who is about to enter opens it, or ends it again by being refused.
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
