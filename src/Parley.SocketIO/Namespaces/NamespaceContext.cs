using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// A namespace without its sockets' events: what a controller, a background service or anything else that services are injected into
/// needs to speak to clients. <c>AddSocketIO()</c> registers one for <c>/</c>, and for every other name one under that name as its
/// key: <c>[FromKeyedServices("/chat")] NamespaceContext chat</c>. The namespace is made if it is new.
/// </summary>
public sealed class NamespaceContext : IEventEmitter
{
    private readonly SocketNamespace _namespace;

    internal NamespaceContext(SocketNamespace ns) => _namespace = ns;

    /// <summary>The namespace's name, with its leading slash.</summary>
    public string Name => _namespace.Name;

    /// <inheritdoc cref="SocketNamespace.All"/>
    public BroadcastOperator All => _namespace.All;

    /// <inheritdoc cref="BroadcastOperator.Local"/>
    public BroadcastOperator Local => _namespace.Local;

    /// <inheritdoc cref="BroadcastOperator.Volatile"/>
    public BroadcastOperator Volatile => _namespace.Volatile;

    string IEventEmitter.NamespaceName => _namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _namespace.Server.Encoder;

    /// <inheritdoc cref="SocketNamespace.Compress"/>
    public BroadcastOperator Compress(bool compress) => _namespace.Compress(compress);

    /// <inheritdoc cref="SocketNamespace.To"/>
    public BroadcastOperator To(string room) => _namespace.To(room);

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => _namespace.In(room);

    /// <inheritdoc cref="SocketNamespace.Except"/>
    public BroadcastOperator Except(string room) => _namespace.Except(room);

    EmitResult IEventEmitter.Send(EncodedPacket packet) => ((IEventEmitter)_namespace).Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        ((IEventEmitter)_namespace).SendAsync(packet, cancellationToken);
}
