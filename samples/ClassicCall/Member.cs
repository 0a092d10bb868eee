namespace ClassicCall;

/// <summary>All rooms, and what bounds them. The gate is closed while an event is handled, so that all hear of things in one order.</summary>
internal sealed record Lobby(int MaxRooms, int MaxPeople, bool EscapeHtml, Dictionary<string, Room> Rooms, Lock Gate);

internal sealed record Room(string Name, Dictionary<string, Member> Members) { public string? Board { get; set; } }

/// <summary>Somebody who is connected: in one room at most, reached by its members only, with a bound for all that they send.</summary>
internal sealed class Member(Socket socket, Lobby lobby)
{
    public const int MaxBoardBytes = 300_000;
    private const int MillisecondsEach = 3, BurstMilliseconds = 2000; // 333 events a second: a page that draws sends two for each move.
    private long _spent;
    private Action _tellLeft = () => { };

    public string Id => socket.Id;
    public string Name { get; private set; } = "";
    public string Mic { get; set; } = "on";
    public string Video { get; set; } = "on";
    public Room? Room { get; private set; }
    public Socket Self => socket;
    public BroadcastOperator Others => socket.To(RoomKey);
    public BroadcastOperator Everyone => socket.Namespace.To(RoomKey);

    // Clients choose the names of rooms. Without the prefix, one named like a socket's id could reach that socket.
    private string RoomKey => $"room {Room?.Name}";

    public Socket? Find(string? id) => id is not null && id != Id ? Room?.Members.GetValueOrDefault(id)?.Self : null;

    public string Shown(string text) => lobby.EscapeHtml ? System.Net.WebUtility.HtmlEncode(text) : text;

    /// <summary>Handles an event. What is too large is dropped, and who sends too many is put out.</summary>
    public void On(string name, Action<EventArguments> handle, int maxBytes = 65_536) => socket.On(name, e =>
    {
        lock (lobby.Gate)
        {
            _spent = Math.Max(_spent, Environment.TickCount64) + MillisecondsEach;
            if (_spent > Environment.TickCount64 + BurstMilliseconds)
            {
                socket.Disconnect(closeConnection: true);
            }
            else if (Enumerable.Range(0, e.Arguments.Count).Sum(i => e.Arguments.GetRawJson(i).Length) <= maxBytes)
            {
                handle(e.Arguments);
                e.Ack();
            }
        }
    });

    /// <summary>Takes them into a room and out of the one before. Where that cannot be, they are told "join error", and why.</summary>
    public bool TryEnter(string? name, string? room, Action tellLeft)
    {
        Leave();
        bool named = name is { Length: > 0 and <= 64 } && room is { Length: > 0 and <= 64 };
        Room? found = named ? lobby.Rooms.GetValueOrDefault(room!) ?? new Room(room!, []) : null;
        if (found is null || found.Members.Count >= lobby.MaxPeople || (found.Members.Count == 0 && lobby.Rooms.Count >= lobby.MaxRooms))
        {
            socket.Emit("join error", found is null ? "A room and a name have 1 to 64 characters." : "There is no place left.");
            return false;
        }

        (lobby.Rooms[found.Name], found.Members[Id]) = (found, this);
        (Room, Name, Mic, Video, _tellLeft) = (found, Shown(name!), "on", "on", tellLeft);
        socket.Join(RoomKey);
        return true;
    }

    /// <summary>Takes them out of the room they are in, if any; with them goes an empty room.</summary>
    public void Leave()
    {
        if (Room is { } left && left.Members.Remove(Id))
        {
            _ = left.Members.Count > 0 || lobby.Rooms.Remove(left.Name);
            socket.Leave(RoomKey);
            _tellLeft();
            Room = null;
        }
    }
}
