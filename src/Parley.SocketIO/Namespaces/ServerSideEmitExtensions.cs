using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// Tells something to the same namespace on the application's other servers, not to this one and to no client; there
/// <see cref="SocketNamespace.OnServerSide"/> hears it, at most once and in the order of one caller. One server on its own, which is
/// all there is so far, has no others: nothing happens.
/// </summary>
public static class ServerSideEmitExtensions
{
    /// <summary>Tells an event with no arguments. The task ends when it is on its way.</summary>
    public static ValueTask ServerSideEmitAsync(
        this SocketNamespace ns, string name, CancellationToken cancellationToken = default) =>
        Send(ns, name, 0, static (_, _) => { }, cancellationToken);

    /// <summary>Tells an event with one argument. The task ends when it is on its way.</summary>
    public static ValueTask ServerSideEmitAsync<T1>(
        this SocketNamespace ns, string name, T1 arg1, CancellationToken cancellationToken = default) =>
        Send(ns, name, arg1, static (writer, a) => writer.Write(a), cancellationToken);

    /// <summary>Tells an event with two arguments. The task ends when it is on its way.</summary>
    public static ValueTask ServerSideEmitAsync<T1, T2>(
        this SocketNamespace ns, string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Send(ns, name, (arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        }, cancellationToken);

    private static ValueTask Send<TState>(
        SocketNamespace ns, string name, TState state, Action<ArgumentWriter, TState> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ns);
        return ns.Adapter.ServerSideEmitAsync(ns.Server.Encoder.Event(ns.Name, name, ackId: null, state, write), cancellationToken);
    }
}
