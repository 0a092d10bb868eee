using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>Emits events with up to five arguments, none of them boxed.</summary>
/// <remarks>
/// <c>Emit</c> queues the event, or reports why not, and returns at once; a receiver that reads too slowly loses its connection when
/// <see cref="SocketIOOptions.MaxOutboundBytes"/> is reached. <c>EmitAsync</c> waits until less than half of that waits: use it for
/// streams of large messages. Arguments are serialized before either returns; <c>byte[]</c> and memory become attachments.
/// </remarks>
public static class EmitExtensions
{
    /// <summary>Queues an event with no arguments.</summary>
    public static EmitResult Emit(this IEventEmitter emitter, string name) =>
        emitter.Send(Encode(emitter, name, 0, static (_, _) => { }));

    /// <summary>Queues an event with one argument.</summary>
    public static EmitResult Emit<T1>(this IEventEmitter emitter, string name, T1 arg1) =>
        emitter.Send(Encode(emitter, name, arg1, static (writer, a) => writer.Write(a)));

    /// <summary>Queues an event with two arguments.</summary>
    public static EmitResult Emit<T1, T2>(this IEventEmitter emitter, string name, T1 arg1, T2 arg2) =>
        emitter.Send(Encode(emitter, name, (arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        }));

    /// <summary>Queues an event with three arguments.</summary>
    public static EmitResult Emit<T1, T2, T3>(this IEventEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3) =>
        emitter.Send(Encode(emitter, name, (arg1, arg2, arg3), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
        }));

    /// <summary>Queues an event with four arguments.</summary>
    public static EmitResult Emit<T1, T2, T3, T4>(this IEventEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        emitter.Send(Encode(emitter, name, (arg1, arg2, arg3, arg4), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
        }));

    /// <summary>Queues an event with five arguments.</summary>
    public static EmitResult Emit<T1, T2, T3, T4, T5>(
        this IEventEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5) =>
        emitter.Send(Encode(emitter, name, (arg1, arg2, arg3, arg4, arg5), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
            writer.Write(a.arg5);
        }));

    /// <summary>Queues an event with arguments that were received, as they are, attachments included.</summary>
    public static EmitResult Emit(this IEventEmitter emitter, string name, EventArguments arguments) =>
        emitter.Send(Encode(emitter, name, arguments, static (writer, a) => writer.Forward(a)));

    /// <summary>Queues an event with no arguments, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync(
        this IEventEmitter emitter, string name, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, 0, static (_, _) => { }), cancellationToken);

    /// <summary>Queues an event with one argument, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync<T1>(
        this IEventEmitter emitter, string name, T1 arg1, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, arg1, static (writer, a) => writer.Write(a)), cancellationToken);

    /// <summary>Queues an event with two arguments, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync<T1, T2>(
        this IEventEmitter emitter, string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, (arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        }), cancellationToken);

    /// <summary>Queues an event with three arguments, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync<T1, T2, T3>(
        this IEventEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, (arg1, arg2, arg3), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
        }), cancellationToken);

    /// <summary>Queues an event with four arguments, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync<T1, T2, T3, T4>(
        this IEventEmitter emitter, string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, (arg1, arg2, arg3, arg4), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
        }), cancellationToken);

    /// <summary>Queues an event with five arguments, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync<T1, T2, T3, T4, T5>(
        this IEventEmitter emitter,
        string name,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        T5 arg5,
        CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, (arg1, arg2, arg3, arg4, arg5), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
            writer.Write(a.arg5);
        }), cancellationToken);

    /// <summary>Queues an event with arguments that were received, once there is room.</summary>
    public static ValueTask<EmitResult> EmitAsync(
        this IEventEmitter emitter, string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(Encode(emitter, name, arguments, static (writer, a) => writer.Forward(a)), cancellationToken);

    private static EncodedPacket Encode<TState>(
        IEventEmitter emitter, string name, TState state, Action<ArgumentWriter, TState> writeArguments)
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return emitter.Encoder.Event(emitter.NamespaceName, name, ackId: null, state, writeArguments);
    }
}
