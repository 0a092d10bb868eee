using System.Security.Claims;
using Parley.SocketIO.Adapters.Recovery;

namespace Parley.SocketIO.Namespaces;

/// <summary>One socket's part in its recovery: nothing at all when that is off, or for clients of Socket.IO 2.</summary>
/// <remarks>Called while the namespace is held back, except where it says "at any time".</remarks>
internal sealed class SocketRecovery
{
    private readonly Socket _socket;
    private readonly RecoveryClaim? _claim;
    private readonly SessionRecovery? _recovery;
    private bool _isOver;

    public SocketRecovery(Socket socket, RecoveryClaim? claim)
    {
        (_socket, _claim, _recovery) = (socket, claim, socket.Namespace.Adapter.Recovery);
        if (claim is null)
        {
            return;
        }

        using (HoldBack())
        {
            claim.Session.Socket = socket;
            foreach (var room in claim.Rooms)
            {
                socket.Namespace.LocalSockets.Rooms.Join(socket, room);
            }
        }
    }

    /// <summary>What outlives this socket; null before it is connected.</summary>
    public RecoverySession? Session { get; private set; }

    /// <summary>Whether the client has been given back what an earlier socket was. At any time.</summary>
    public bool IsRecovered => _claim is not null;

    /// <summary>Whether the socket has ended and its client may still come back, or has. At any time.</summary>
    public bool IsPending => Session is { IsLost: false };

    /// <summary>The secret to come back with; null when the client cannot.</summary>
    public string? Pid { get; private set; }

    private RecoverySession? Tracked => Session ?? _claim?.Session;

    /// <summary>Who ASP.NET Core says somebody is: nobody else gets that user's sockets back.</summary>
    public static string? KeyOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true } identity
        ? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? identity.Name ?? ""
        : null;

    /// <summary>Nothing is sent to the namespace until the result is disposed of. At any time, before the socket's own lock.</summary>
    public Lock.Scope HoldBack() => _recovery is null ? default : _recovery.HoldBack();

    /// <summary>Sends what the client missed, and settles the secret. False when not exactly that can be sent.</summary>
    public bool TryReplay(IPacketChannel channel)
    {
        if (_recovery is null || !channel.CanRecover)
        {
            return true;
        }

        Pid = _claim?.Session.Pid ?? SessionRecovery.NewPid();
        if (_claim is null)
        {
            return true;
        }

        if (_recovery.TakeMissed(_claim) is not { } missed)
        {
            return false;
        }

        foreach (var packet in missed)
        {
            channel.Send(packet);
        }

        return true;
    }

    public void HandleConnected()
    {
        if (Pid is null)
        {
            return;
        }

        if (_claim is null)
        {
            var rooms = _socket.Namespace.LocalSockets.Rooms.RoomsOf(_socket);
            Session = _recovery!.Open(Pid, _socket, KeyOf(_socket.User), _socket.Items, rooms);
        }
        else
        {
            _recovery!.Resume(_claim);
            Session = _claim.Session;
        }
    }

    public void HandleJoin(string room)
    {
        if (IsTracking)
        {
            _recovery!.Join(Tracked!, room);
        }
    }

    public void HandleLeave(string room)
    {
        if (IsTracking)
        {
            _recovery!.Leave(Tracked!, room);
        }
    }

    /// <summary>The socket ends. True when it is kept for its client, and its place in the namespace with it.</summary>
    public bool HandleEnding(DisconnectCause cause)
    {
        if (Session is not { } session)
        {
            if (_claim is not null)
            {
                _isOver = true;
                _recovery!.Return(_claim);
            }

            return false;
        }

        if (DisconnectReason.IsRecoverable(cause))
        {
            _recovery!.Suspend(session, _socket.Finished);
            return true;
        }

        _recovery!.Drop(session);
        return false;
    }

    // A socket that another has taken the place of has no say any more.
    private bool IsTracking =>
        !_isOver && Tracked is { IsLost: false } tracked && ReferenceEquals(tracked.Socket, _socket);
}
