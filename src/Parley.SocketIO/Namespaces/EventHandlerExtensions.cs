namespace Parley.SocketIO;

/// <summary>
/// Handlers with typed arguments, with or without the <see cref="SocketEvent"/> in front. An argument that the client left out has
/// its type's default; one of another type keeps the handler from being called.
/// </summary>
public static class EventHandlerExtensions
{
    /// <summary>Handles an event with one argument.</summary>
    public static Socket On<T1>(this Socket socket, string name, Action<SocketEvent, T1> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0)));
    }

    /// <summary>Handles an event with one argument.</summary>
    public static Socket On<T1>(this Socket socket, string name, Func<SocketEvent, T1, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0)));
    }

    /// <summary>Handles an event with one argument, without looking at the event itself.</summary>
    public static Socket On<T1>(this Socket socket, string name, Action<T1> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0)));
    }

    /// <summary>Handles an event with one argument, without looking at the event itself.</summary>
    public static Socket On<T1>(this Socket socket, string name, Func<T1, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0)));
    }

    /// <summary>Handles an event with two arguments.</summary>
    public static Socket On<T1, T2>(this Socket socket, string name, Action<SocketEvent, T1, T2> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0), e.Require<T2>(1)));
    }

    /// <summary>Handles an event with two arguments.</summary>
    public static Socket On<T1, T2>(this Socket socket, string name, Func<SocketEvent, T1, T2, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0), e.Require<T2>(1)));
    }

    /// <summary>Handles an event with two arguments, without looking at the event itself.</summary>
    public static Socket On<T1, T2>(this Socket socket, string name, Action<T1, T2> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0), e.Require<T2>(1)));
    }

    /// <summary>Handles an event with two arguments, without looking at the event itself.</summary>
    public static Socket On<T1, T2>(this Socket socket, string name, Func<T1, T2, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0), e.Require<T2>(1)));
    }

    /// <summary>Handles an event with three arguments.</summary>
    public static Socket On<T1, T2, T3>(this Socket socket, string name, Action<SocketEvent, T1, T2, T3> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2)));
    }

    /// <summary>Handles an event with three arguments.</summary>
    public static Socket On<T1, T2, T3>(this Socket socket, string name, Func<SocketEvent, T1, T2, T3, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2)));
    }

    /// <summary>Handles an event with three arguments, without looking at the event itself.</summary>
    public static Socket On<T1, T2, T3>(this Socket socket, string name, Action<T1, T2, T3> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2)));
    }

    /// <summary>Handles an event with three arguments, without looking at the event itself.</summary>
    public static Socket On<T1, T2, T3>(this Socket socket, string name, Func<T1, T2, T3, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2)));
    }

    /// <summary>Handles an event with four arguments.</summary>
    public static Socket On<T1, T2, T3, T4>(this Socket socket, string name, Action<SocketEvent, T1, T2, T3, T4> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2), e.Require<T4>(3)));
    }

    /// <summary>Handles an event with four arguments.</summary>
    public static Socket On<T1, T2, T3, T4>(this Socket socket, string name, Func<SocketEvent, T1, T2, T3, T4, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e, e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2), e.Require<T4>(3)));
    }

    /// <summary>Handles an event with four arguments, without looking at the event itself.</summary>
    public static Socket On<T1, T2, T3, T4>(this Socket socket, string name, Action<T1, T2, T3, T4> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2), e.Require<T4>(3)));
    }

    /// <summary>Handles an event with four arguments, without looking at the event itself.</summary>
    public static Socket On<T1, T2, T3, T4>(this Socket socket, string name, Func<T1, T2, T3, T4, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handler);
        return socket.On(name, e => handler(e.Require<T1>(0), e.Require<T2>(1), e.Require<T3>(2), e.Require<T4>(3)));
    }
}
