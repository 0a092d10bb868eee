using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Parley.SocketIO.Adapters;
using Parley.SocketIO.Adapters.Recovery;

namespace Parley.SocketIO.Tests.Adapters;

/// <summary>A socket without a connection: keeps what it is told.</summary>
internal sealed class FakeSocket(string id, LocalSockets sockets) : ILocalSocket
{
    private readonly Dictionary<ulong, TaskCompletionSource<EventArguments>> _asked = [];

    public string Id => id;

    public bool Connected { get; set; } = true;

    public EmitResult Result { get; init; } = EmitResult.Queued;

    public List<string> Received { get; } = [];

    /// <summary>Ends the wait of every <see cref="SendAsync"/>.</summary>
    public TaskCompletionSource? Room { get; init; }

    public bool? ClosedConnection { get; private set; }

    public int AskedCount => _asked.Count;

    public RecoverySession? Session { get; set; }

    /// <summary>What listeners would have been told.</summary>
    public List<string> Announced { get; } = [];

    public bool IsSuperseded { get; private set; }

    public EmitResult Send(EncodedPacket packet, bool isVolatile)
    {
        Received.Add((isVolatile ? "volatile " : "") + Encoding.UTF8.GetString(packet.Message.Span));
        return Result;
    }

    public async ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        await (Room?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return Send(packet, isVolatile: false);
    }

    public async ValueTask<EmitResult> SendAheadAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        var result = Send(packet, isVolatile: false);
        await (Room?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return result;
    }

    public void Announce(EncodedPacket packet) => Announced.Add(Encoding.UTF8.GetString(packet.Message.Span));

    /// <summary>When it is over after that.</summary>
    public Task Finished { get; init; } = Task.CompletedTask;

    public Task SupersedeAsync()
    {
        IsSuperseded = true;
        return Finished;
    }

    public Task<EventArguments> AskAsync(EncodedPacket packet, ulong ackId, bool isVolatile)
    {
        if (Send(packet, isVolatile) != EmitResult.Queued)
        {
            return Task.FromException<EventArguments>(new AckException(AckFailure.Disconnected));
        }

        var source = new TaskCompletionSource<EventArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Add(ackId, source);
        return source.Task;
    }

    public void Answer(EventArguments arguments) => _asked.Values.Single().SetResult(arguments);

    public void Fail() => _asked.Values.Single().SetException(new AckException(AckFailure.Disconnected));

    public void Forget(ulong ackId) => _asked.Remove(ackId);

    public void Join(string room) => sockets.Rooms.Join(this, room);

    public void Leave(string room) => sockets.Rooms.Leave(this, room);

    public void Disconnect(bool closeConnection = false)
    {
        ClosedConnection = closeConnection;
        sockets.Rooms.LeaveAll(this);
        sockets.Remove(this);
    }

    public SocketSnapshot Snapshot() => new(
        id,
        new Handshake
        {
            Time = DateTimeOffset.UnixEpoch,
            Address = IPAddress.Loopback,
            Secure = false,
            Url = "/socket.io/",
            Query = QueryCollection.Empty,
            Headers = new HeaderDictionary(),
            User = new ClaimsPrincipal(),
        },
        [id, .. sockets.Rooms.RoomsOf(this)],
        new Dictionary<string, object?>(StringComparer.Ordinal));
}
