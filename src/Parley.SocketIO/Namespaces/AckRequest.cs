namespace Parley.SocketIO;

/// <summary>
/// Emits an event to one socket and waits for its acknowledgement. Made by <see cref="Socket.Timeout"/> and
/// <see cref="SocketEmitter.Timeout"/>.
/// </summary>
public readonly struct AckRequest
{
    private readonly Socket _socket;
    private readonly AckTerms _terms;

    internal AckRequest(Socket socket, AckTerms terms) => (_socket, _terms) = (socket, terms);

    /// <summary>Emits an event with no arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync(string name, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, 0, static (_, _) => { }, _terms, cancellationToken);

    /// <summary>Emits an event with one argument; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1>(string name, T1 arg1, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, arg1, static (writer, a) => writer.Write(a), _terms, cancellationToken);

    /// <summary>Emits an event with two arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1, T2>(string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, (arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        }, _terms, cancellationToken);

    /// <summary>Emits an event with three arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1, T2, T3>(string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, (arg1, arg2, arg3), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
        }, _terms, cancellationToken);

    /// <summary>Emits an event with four arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1, T2, T3, T4>(string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, (arg1, arg2, arg3, arg4), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
        }, _terms, cancellationToken);

    /// <summary>Emits an event with arguments that were received; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync(
        string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, arguments, static (writer, a) => writer.Forward(a), _terms, cancellationToken);
}

/// <summary>Events with acknowledgements, within <see cref="SocketIOOptions.AckTimeout"/>.</summary>
public static class EmitWithAckExtensions
{
    /// <summary>Emits an event with no arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public static Task<EventArguments> EmitWithAckAsync(
        this Socket socket, string name, CancellationToken cancellationToken = default) =>
        Default(socket).EmitWithAckAsync(name, cancellationToken);

    /// <summary>Emits an event with one argument; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public static Task<EventArguments> EmitWithAckAsync<T1>(
        this Socket socket, string name, T1 arg1, CancellationToken cancellationToken = default) =>
        Default(socket).EmitWithAckAsync(name, arg1, cancellationToken);

    /// <summary>Emits an event with two arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public static Task<EventArguments> EmitWithAckAsync<T1, T2>(
        this Socket socket, string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Default(socket).EmitWithAckAsync(name, arg1, arg2, cancellationToken);

    /// <summary>Emits an event with three arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public static Task<EventArguments> EmitWithAckAsync<T1, T2, T3>(
        this Socket socket, string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Default(socket).EmitWithAckAsync(name, arg1, arg2, arg3, cancellationToken);

    /// <summary>Emits an event with four arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public static Task<EventArguments> EmitWithAckAsync<T1, T2, T3, T4>(
        this Socket socket, string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        Default(socket).EmitWithAckAsync(name, arg1, arg2, arg3, arg4, cancellationToken);

    /// <summary>Emits an event with arguments that were received; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public static Task<EventArguments> EmitWithAckAsync(
        this Socket socket, string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        Default(socket).EmitWithAckAsync(name, arguments, cancellationToken);

    /// <inheritdoc cref="EmitWithAckAsync(Socket, string, CancellationToken)"/>
    public static Task<EventArguments> EmitWithAckAsync(
        this SocketEmitter emitter, string name, CancellationToken cancellationToken = default) =>
        Default(emitter).EmitWithAckAsync(name, cancellationToken);

    /// <inheritdoc cref="EmitWithAckAsync{T1}(Socket, string, T1, CancellationToken)"/>
    public static Task<EventArguments> EmitWithAckAsync<T1>(
        this SocketEmitter emitter, string name, T1 arg1, CancellationToken cancellationToken = default) =>
        Default(emitter).EmitWithAckAsync(name, arg1, cancellationToken);

    /// <inheritdoc cref="EmitWithAckAsync{T1, T2}(Socket, string, T1, T2, CancellationToken)"/>
    public static Task<EventArguments> EmitWithAckAsync<T1, T2>(
        this SocketEmitter emitter, string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Default(emitter).EmitWithAckAsync(name, arg1, arg2, cancellationToken);

    /// <inheritdoc cref="EmitWithAckAsync{T1, T2, T3}(Socket, string, T1, T2, T3, CancellationToken)"/>
    public static Task<EventArguments> EmitWithAckAsync<T1, T2, T3>(
        this SocketEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Default(emitter).EmitWithAckAsync(name, arg1, arg2, arg3, cancellationToken);

    /// <inheritdoc cref="EmitWithAckAsync{T1, T2, T3, T4}(Socket, string, T1, T2, T3, T4, CancellationToken)"/>
    public static Task<EventArguments> EmitWithAckAsync<T1, T2, T3, T4>(
        this SocketEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        Default(emitter).EmitWithAckAsync(name, arg1, arg2, arg3, arg4, cancellationToken);

    /// <inheritdoc cref="EmitWithAckAsync(Socket, string, EventArguments, CancellationToken)"/>
    public static Task<EventArguments> EmitWithAckAsync(
        this SocketEmitter emitter, string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        Default(emitter).EmitWithAckAsync(name, arguments, cancellationToken);

    private static AckRequest Default(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Timeout(socket.Namespace.Server.Options.AckTimeout);
    }

    private static AckRequest Default(SocketEmitter emitter)
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return emitter.Timeout(emitter.AckTimeout);
    }
}

/// <summary>How an event that asks for an acknowledgement is sent, and how long that may take.</summary>
internal readonly record struct AckTerms(TimeSpan Limit, bool IsVolatile = false, bool Compress = true);
