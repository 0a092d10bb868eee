using System.ComponentModel;
using Parley.SocketIO.Classes;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>Whom a typed client speaks to. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ClientTarget
{
    private readonly IEventEmitter _receivers;
    private readonly TimeSpan? _limit;

    /// <summary>Speaks to a socket, a selection of sockets, or a namespace.</summary>
    /// <param name="receivers">Who is spoken to.</param>
    /// <param name="ackTimeout">How long acknowledgements may take; null for <see cref="SocketIOOptions.AckTimeout"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public ClientTarget(IEventEmitter receivers, TimeSpan? ackTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(receivers);
        if (ackTimeout is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(ackTimeout));
        }

        (_receivers, _limit) = (receivers, ackTimeout);
    }

    private BroadcastOperator? Many => _receivers switch
    {
        BroadcastOperator all => all,
        SocketNamespace ns => ns.All,
        NamespaceContext context => context.All,
        _ => null,
    };

    /// <summary>Queues an event.</summary>
    public EmitResult Emit<TState>(string name, TState state, Action<ClientArguments, TState> write) =>
        _receivers.Send(Encode(name, state, write));

    /// <summary>Queues an event once there is room.</summary>
    public ValueTask<EmitResult> EmitAsync<TState>(
        string name, TState state, Action<ClientArguments, TState> write, CancellationToken cancellationToken) =>
        _receivers.SendAsync(Encode(name, state, write), cancellationToken);

    /// <summary>Emits an event to a single socket; its acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    /// <exception cref="InvalidOperationException">The receivers may be more than one.</exception>
    public Task<EventArguments> AskAsync<TState>(
        string name, TState state, Action<ClientArguments, TState> write, CancellationToken cancellationToken) => _receivers switch
        {
            Socket socket => socket.EmitWithAckAsync(
                name, (state, write), Write, new AckTerms(_limit ?? socket.Namespace.Server.Options.AckTimeout), cancellationToken),
            SocketEmitter emitter => emitter.EmitWithAckAsync(
                name, (state, write), Write, _limit ?? emitter.AckTimeout, cancellationToken),
            RemoteSocket remote => AskOneAsync(remote.Self, name, state, write, cancellationToken),
            SingleReceiver one => AskOneAsync(one.Receiver, name, state, write, cancellationToken),
            _ => throw new InvalidOperationException(
                $"\"{name}\" asks one client for its answer, and these receivers may be many. A method that returns a list of BroadcastAnswer asks them all."),
        };

    /// <summary>Emits an event; everybody's acknowledgement, of which there may be none.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    /// <exception cref="InvalidOperationException">The receivers cannot acknowledge.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> AskAllAsync<TState>(
        string name, TState state, Action<ClientArguments, TState> write, CancellationToken cancellationToken) => _receivers switch
        {
            Socket socket => AskAllAsync(socket.Namespace.To(socket.Id), name, state, write, cancellationToken),
            SocketEmitter emitter => AskAllAsync(emitter.Self, name, state, write, cancellationToken),
            RemoteSocket remote => AskAllAsync(remote.Self, name, state, write, cancellationToken),
            SingleReceiver one => AskAllAsync(one.Receiver, name, state, write, cancellationToken),
            _ => AskAllAsync(
                Many ?? throw new InvalidOperationException($"These receivers cannot acknowledge \"{name}\"."),
                name,
                state,
                write,
                cancellationToken),
        };

    /// <summary>What a client acknowledged with, which has to be there.</summary>
    /// <exception cref="AckException">It is missing, null or something else.</exception>
    public static T Answer<T>(EventArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.TryGet<T>(0, out var value) && value is not null ? value : throw new AckException(AckFailure.InvalidAnswer);
    }

    /// <summary>What a client acknowledged with, which may be missing or null.</summary>
    /// <exception cref="AckException">It is something else.</exception>
    public static T? OptionalAnswer<T>(EventArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count == 0 ? default
            : arguments.TryGet<T>(0, out var value) ? value
            : throw new AckException(AckFailure.InvalidAnswer);
    }

    /// <summary>What everybody acknowledged with. An answer that is missing, null or something else counts as one that did not come.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public static IReadOnlyList<BroadcastAnswer<T>> Answers<T>(IReadOnlyList<BroadcastAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        List<BroadcastAnswer<T>> typed = [];
        List<BroadcastAnswer> valid = [];
        foreach (var answer in answers)
        {
            if (answer.Arguments.TryGet<T>(0, out var value) && value is not null)
            {
                typed.Add(new(answer.SocketId, value));
                valid.Add(answer);
            }
        }

        return valid.Count == answers.Count ? typed : throw new BroadcastAckException(valid, answers.Count - valid.Count);
    }

    private static void Write<TState>(ArgumentWriter writer, (TState State, Action<ClientArguments, TState> Write) arguments) =>
        arguments.Write(new ClientArguments(writer), arguments.State);

    private EncodedPacket Encode<TState>(string name, TState state, Action<ClientArguments, TState> write) =>
        _receivers.Encoder.Event(_receivers.NamespaceName, name, ackId: null, (state, write), Write);

    private async Task<EventArguments> AskOneAsync<TState>(
        BroadcastOperator one, string name, TState state, Action<ClientArguments, TState> write, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await AskAllAsync(one, name, state, write, cancellationToken);
            return answers.Count > 0 ? answers[0].Arguments : throw new AckException(AckFailure.Disconnected);
        }
        catch (BroadcastAckException)
        {
            throw new AckException(AckFailure.TimedOut);
        }
    }

    private Task<IReadOnlyList<BroadcastAnswer>> AskAllAsync<TState>(
        BroadcastOperator all, string name, TState state, Action<ClientArguments, TState> write, CancellationToken cancellationToken) =>
        all.EmitWithAckAsync(name, (state, write), Write, _limit ?? all.AckTimeout, cancellationToken);
}
