using Parley.SocketIO.EngineIO;
using Parley.SocketIO.EngineIO.Transports;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Hosting;

/// <summary>Joins an Engine.IO session, which knows nothing of namespaces, to a connection, which knows nothing of transports.</summary>
internal sealed class EngineBinding : IEngineHandler, IPacketChannel
{
    private readonly EngineSession _session;
    private readonly SocketConnection _connection;

    public EngineBinding(EngineSession session, SocketServer server, Handshake handshake)
    {
        _session = session;
        _connection = new SocketConnection(
            server, this, handshake, revision4Id: session.Protocol == EngineProtocol.V3 ? session.Id : null);
    }

    public SocketIOTransports Transport =>
        _session.Transport is PollingTransport ? SocketIOTransports.Polling : SocketIOTransports.WebSocket;

    public void HandleOpened() => _connection.HandleOpened();

    public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary) =>
        _connection.HandleMessageAsync(message, isBinary);

    public void HandleClosed(DisconnectCause cause) => _connection.HandleClosed(cause);

    public EmitResult Send(EncodedPacket packet) =>
        _session.Send(new OutboundPacket(packet.Text, IsBinary: false), packet.Attachments);

    public ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        _session.SendAsync(new OutboundPacket(packet.Text, IsBinary: false), packet.Attachments, cancellationToken);

    public void Close(DisconnectCause cause) => _session.Close(cause);
}
