namespace Parley.SocketIO;

/// <summary>Emits an event to one socket and waits for its acknowledgement. Made by <see cref="Socket.Timeout"/>.</summary>
public readonly struct AckRequest
{
    private readonly Socket _socket;
    private readonly TimeSpan _limit;

    internal AckRequest(Socket socket, TimeSpan limit) => (_socket, _limit) = (socket, limit);

    /// <summary>Emits an event with no arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync(string name, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, 0, static (_, _) => { }, _limit, cancellationToken);

    /// <summary>Emits an event with one argument; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1>(string name, T1 arg1, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, arg1, static (writer, a) => writer.Write(a), _limit, cancellationToken);

    /// <summary>Emits an event with two arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1, T2>(string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, (arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        }, _limit, cancellationToken);

    /// <summary>Emits an event with three arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1, T2, T3>(string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, (arg1, arg2, arg3), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
        }, _limit, cancellationToken);

    /// <summary>Emits an event with four arguments; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync<T1, T2, T3, T4>(string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, (arg1, arg2, arg3, arg4), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
        }, _limit, cancellationToken);

    /// <summary>Emits an event with arguments that were received; the acknowledgement's arguments.</summary>
    /// <exception cref="AckException">No acknowledgement came.</exception>
    public Task<EventArguments> EmitWithAckAsync(
        string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        _socket.EmitWithAckAsync(name, arguments, static (writer, a) => writer.Forward(a), _limit, cancellationToken);
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

    private static AckRequest Default(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Timeout(socket.Namespace.Server.Options.AckTimeout);
    }
}
