namespace Parley.SocketIO.Adapters.Recovery;

/// <summary>What becomes of a socket that may be recovered.</summary>
internal enum RecoveryState
{
    /// <summary>Its client is there.</summary>
    Live,

    /// <summary>Its connection broke; it waits for its client.</summary>
    Away,

    /// <summary>Its client is back and on its way in.</summary>
    Claimed,

    /// <summary>It is given up.</summary>
    Lost,
}

/// <summary>All that outlives the connection of a socket.</summary>
/// <remarks>Guarded by <see cref="SessionRecovery"/>, except what never changes.</remarks>
internal sealed class RecoverySession(string pid, string sid, string? user, IDictionary<string, object?> items, long start)
{

    /// <summary>The secret that the client comes back with.</summary>
    public string Pid => pid;

    /// <summary>The socket's public id.</summary>
    public string Sid => sid;

    /// <summary>Who ASP.NET Core's authentication says the client is; null for nobody in particular.</summary>
    public string? User => user;

    public IDictionary<string, object?> Items => items;

    /// <summary>The latest event before the client came for the first time.</summary>
    public long Start { get; } = start;

    public RoomHistory Rooms { get; } = new();

    public RecoveryState State { get; set; } = RecoveryState.Live;

    /// <summary>Whether nobody will get what is sent to it.</summary>
    public bool IsLost => State == RecoveryState.Lost;

    /// <summary>The socket that is it, is to be it, or was the last to be.</summary>
    public ILocalSocket? Socket { get; set; }

    /// <summary>The latest event that was sent to the client, which may or may not have it.</summary>
    public long LastSent { get; set; } = start;

    /// <summary>The latest event when the connection broke.</summary>
    public long AwaySince { get; set; }

    /// <summary>When the connection broke, as a timestamp.</summary>
    public long AwayAt { get; set; }

    /// <summary>Ends when the handlers of the socket that broke have: the next one must not overtake its end.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public LinkedListNode<RecoverySession>? Place { get; set; }

    /// <summary>Whether an event was, or would have been, sent to the socket.</summary>
    public bool IsMeantBy(BroadcastTargets targets, long number) =>
        (targets.Rooms.Count == 0 || Contains(targets.Rooms) || Rooms.WasInAny(targets.Rooms, number))
        && !Contains(targets.Except)
        && !Rooms.WasInAny(targets.Except, number)
        && !string.Equals(targets.Sender, sid, StringComparison.Ordinal);

    // The socket's own id is a room that it never leaves.
    private bool Contains(IReadOnlyList<string> rooms) => rooms.Contains(sid, StringComparer.Ordinal);
}

/// <summary>A session whose client is back, and what the client says it has received.</summary>
/// <param name="Session">The session.</param>
/// <param name="From">The latest event that the client has, or that need not be looked at.</param>
/// <param name="Rooms">The rooms in which it comes back.</param>
internal sealed record RecoveryClaim(RecoverySession Session, long From, IReadOnlyList<string> Rooms);
