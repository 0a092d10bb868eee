using System.Collections.Immutable;
using System.Text.Json;
using Parley.SocketIO.Adapters;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// Makes namespaces as clients ask for them: its children. Made by <see cref="SocketServer.Of(System.Text.RegularExpressions.Regex)"/>.
/// What is emitted to it, or to a selection of it, reaches sockets of all children that there are.
/// </summary>
public sealed class ParentNamespace : IEventEmitter
{
    private readonly SocketServer _server;
    private readonly Func<string, JsonElement, ValueTask<bool>> _matches;
    private readonly Func<string, bool>? _pattern;
    private ImmutableArray<Action<SocketNamespace>> _setups = [];

    internal ParentNamespace(
        SocketServer server, Func<string, JsonElement, ValueTask<bool>> matches, Func<string, bool>? pattern = null) =>
        (_server, _matches, _pattern) = (server, matches, pattern);

    /// <summary>A snapshot of the namespaces that it has made and that are still there.</summary>
    public IReadOnlyCollection<SocketNamespace> Children => _server.ChildrenOf(this);

    /// <inheritdoc cref="BroadcastOperator.Local"/>
    public ParentBroadcastOperator Local => All.Local;

    /// <inheritdoc cref="BroadcastOperator.Volatile"/>
    public ParentBroadcastOperator Volatile => All.Volatile;

    private ParentBroadcastOperator All => new(this, _server.Encoder, BroadcastTargets.All);

    // Each child's packets bear its own name.
    string IEventEmitter.NamespaceName => "/";

    PacketEncoder IEventEmitter.Encoder => _server.Encoder;

    /// <inheritdoc cref="SocketNamespace.Use"/>
    /// <remarks>For children that are made from now on.</remarks>
    public ParentNamespace Use(Func<Socket, ValueTask<ConnectResult>> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return Add(child => child.Use(middleware));
    }

    internal ParentNamespace UseConnect(ConnectMiddleware middleware) => Add(child => child.UseConnect(middleware));

    /// <inheritdoc cref="SocketNamespace.OnConnection(Func{Socket, ValueTask})"/>
    /// <remarks>For children that are made from now on.</remarks>
    public ParentNamespace OnConnection(Func<Socket, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(child => child.OnConnection(handler));
    }

    /// <inheritdoc cref="OnConnection(Func{Socket, ValueTask})"/>
    public ParentNamespace OnConnection(Action<Socket> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(child => child.OnConnection(handler));
    }

    /// <summary>The sockets of all children that are in a room.</summary>
    public ParentBroadcastOperator To(string room) => All.To(room);

    /// <summary>The same as <see cref="To"/>.</summary>
    public ParentBroadcastOperator In(string room) => To(room);

    /// <summary>The sockets of all children that are not in a room.</summary>
    public ParentBroadcastOperator Except(string room) => All.Except(room);

    /// <summary>All sockets of all children, for events that are compressed or are not (see <see cref="Socket.Compress"/>).</summary>
    public ParentBroadcastOperator Compress(bool compress) => All.Compress(compress);

    EmitResult IEventEmitter.Send(EncodedPacket packet) => ((IEventEmitter)All).Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        ((IEventEmitter)All).SendAsync(packet, cancellationToken);

    /// <summary>Whether a name alone decides that a namespace is a child, and this one is.</summary>
    internal bool Fits(string name) => _pattern?.Invoke(name) == true;

    internal ValueTask<bool> MatchesAsync(string name, JsonElement auth) => _matches(name, auth);

    internal SocketNamespace CreateChild(string name)
    {
        var child = new SocketNamespace(_server, name, this);
        foreach (var setup in _setups)
        {
            setup(child);
        }

        return child;
    }

    private ParentNamespace Add(Action<SocketNamespace> setup)
    {
        ImmutableInterlocked.Update(ref _setups, static (all, added) => all.Add(added), setup);
        return this;
    }
}
