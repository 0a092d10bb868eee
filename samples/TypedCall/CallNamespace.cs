using System.Text.Json;
using Parley.SocketIO;

namespace TypedCall;

/// <summary>One instance for each browser. What a method returns is the acknowledgement, so <c>emitWithAck</c> reads like a call.</summary>
[Namespace("/call")]
public sealed partial class CallNamespace(Switchboard switchboard) : NamespaceHandler<ICallClient>
{
    private const int MaxNameLength = 100;

    private static readonly TimeSpan RingTime = TimeSpan.FromSeconds(30);

    private string _name = "";

    protected override ValueTask<ConnectResult> OnConnectingAsync()
    {
        _name = Socket.Handshake.Auth.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        return new(_name.Length is 0 or > MaxNameLength ? ConnectResult.Refuse("a name, please") : ConnectResult.Accept);
    }

    protected override ValueTask OnDisconnectedAsync(DisconnectReason reason)
    {
        if (switchboard.Leave(Socket.Id) is { } room)
        {
            Clients.To(room).Left(Socket.Id);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Enters a room; who is there already.</summary>
    [On("join")]
    public IReadOnlyList<Member> Join(string room)
    {
        var me = new Member(Socket.Id, _name);
        if (room.Length is 0 or > MaxNameLength || !switchboard.TryEnter(room, me))
        {
            throw new EventRefusedException("not this room, or in one already");
        }

        Socket.Join(room);
        Clients.Of(Socket.To(room)).Welcome(me);
        return [.. switchboard.In(room).Where(m => m.Id != me.Id)];
    }

    /// <summary>Rings somebody of the room; whether they take the call, which their own acknowledgement says.</summary>
    [On("ring")]
    public async Task<bool> RingAsync(string to, CancellationToken cancellationToken)
    {
        try
        {
            return await Clients.Timeout(RingTime).Socket(Together(to)).Ring(new(Socket.Id, _name), cancellationToken);
        }
        catch (AckException)
        {
            return false;
        }
    }

    [On("description")]
    public void Describe(string to, Description description) => Clients.Socket(Together(to)).Description(Socket.Id, description);

    [On("candidate")]
    public void AddCandidate(string to, Candidate candidate) => Clients.Socket(Together(to)).Candidate(Socket.Id, candidate);

    // Nobody reaches a stranger.
    private string Together(string to) => switchboard.AreTogether(Socket.Id, to) ? to : throw new EventRefusedException("not in your room");
}
