using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>One received event: its arguments, its acknowledgement, and services for as long as it is handled.</summary>
public sealed class SocketEvent
{
    private readonly ulong? _ackId;
    private AsyncServiceScope? _scope;
    private int _acknowledged;

    internal SocketEvent(Socket socket, string name, EventArguments arguments, ulong? ackId)
    {
        (Socket, Name, Arguments, _ackId) = (socket, name, arguments, ackId);
    }

    /// <summary>The socket that received the event.</summary>
    public Socket Socket { get; }

    /// <summary>The event's name. A name that the client sent as a number stands as its digits.</summary>
    public string Name { get; }

    /// <summary>What the client sent with the event.</summary>
    public EventArguments Arguments { get; }

    /// <summary>Whether the client waits for an acknowledgement.</summary>
    public bool HasAck => _ackId is not null;

    /// <summary>Services from a scope of this event's own, which ends with its handlers.</summary>
    public IServiceProvider Services =>
        (_scope ??= Socket.Namespace.Server.ScopeFactory.CreateAsyncScope()).ServiceProvider;

    /// <summary>Acknowledges with no arguments, if the client asked for it. Further calls are ignored.</summary>
    public EmitResult Ack() => SendAck(0, static (_, _) => { });

    /// <summary>Acknowledges with one argument, if the client asked for it. Further calls are ignored.</summary>
    public EmitResult Ack<T1>(T1 arg1) => SendAck(arg1, static (writer, a) => writer.Write(a));

    /// <summary>Acknowledges with two arguments, if the client asked for it. Further calls are ignored.</summary>
    public EmitResult Ack<T1, T2>(T1 arg1, T2 arg2) => SendAck((arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        });

    /// <summary>Acknowledges with three arguments, if the client asked for it. Further calls are ignored.</summary>
    public EmitResult Ack<T1, T2, T3>(T1 arg1, T2 arg2, T3 arg3) => SendAck((arg1, arg2, arg3), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
        });

    /// <summary>Acknowledges with four arguments, if the client asked for it. Further calls are ignored.</summary>
    public EmitResult Ack<T1, T2, T3, T4>(T1 arg1, T2 arg2, T3 arg3, T4 arg4) => SendAck((arg1, arg2, arg3, arg4), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
        });

    /// <summary>Acknowledges with arguments that were received, as they are, attachments included.</summary>
    public EmitResult Ack(EventArguments arguments) => SendAck(arguments, static (writer, a) => writer.Forward(a));

    internal EmitResult AckError(EventResult refused)
    {
        if (_ackId is not { } id || Interlocked.Exchange(ref _acknowledged, 1) != 0)
        {
            return EmitResult.Dropped;
        }

        IEventEmitter emitter = Socket;
        return emitter.Send(emitter.Encoder.AckError(emitter.NamespaceName, id, refused.Message!, refused.Data));
    }

    internal T Require<T>(int index)
    {
        try
        {
            return Arguments.Get<T>(index)!;
        }
        catch (JsonException e)
        {
            throw new InvalidArgumentException(index, typeof(T), e);
        }
    }

    internal ValueTask DisposeScopeAsync() => _scope is { } scope ? scope.DisposeAsync() : ValueTask.CompletedTask;

    private EmitResult SendAck<TState>(TState state, Action<ArgumentWriter, TState> writeArguments)
    {
        if (_ackId is not { } id || Interlocked.Exchange(ref _acknowledged, 1) != 0)
        {
            return EmitResult.Dropped;
        }

        IEventEmitter emitter = Socket;
        return emitter.Send(emitter.Encoder.Ack(emitter.NamespaceName, id, state, writeArguments));
    }
}

/// <summary>A typed handler could not be called: the client sent something else.</summary>
internal sealed class InvalidArgumentException(int index, Type expected, JsonException? inner)
    : Exception($"Argument {index} is not a {expected.Name}.", inner);
