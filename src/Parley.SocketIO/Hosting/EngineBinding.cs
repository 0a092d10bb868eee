using Parley.SocketIO.EngineIO;
using Parley.SocketIO.EngineIO.Transports;
using Parley.SocketIO.Namespaces;

namespace Parley.SocketIO.Hosting;

/// <summary>Joins an Engine.IO session, which knows nothing of namespaces, to a connection, which knows nothing of transports.</summary>
internal sealed class EngineBinding : IEngineHandler, IPacketChannel
{
    private readonly EngineSession _session;
    private readonly SocketConnection _connection;

    public EngineBinding(EngineSession session, SocketServer server, Handshake handshake)
    {
        _session = session;
        _connection = new SocketConnection(server, this, handshake, revision4Id: IsRevision4 ? session.Id : null);
    }

    public SocketIOTransports Transport =>
        _session.Transport is PollingTransport ? SocketIOTransports.Polling : SocketIOTransports.WebSocket;

    public bool IsBusy => _connection.IsBusy;

    public bool CanRecover => !IsRevision4;

    // Socket.IO 2 speaks revision 4 of its protocol over version 3 of Engine.IO's.
    private bool IsRevision4 => _session.Protocol == EngineProtocol.V3;

    public void HandleOpened() => _connection.HandleOpened();

    public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary) =>
        _connection.HandleMessageAsync(message, isBinary);

    public void HandleClosed(DisconnectCause cause) => _connection.HandleClosed(cause);

    public EmitResult Send(EncodedPacket packet)
    {
        var form = FormFor(packet);
        return _session.Send(FirstOf(form, packet), form.Attachments);
    }

    public EmitResult SendVolatile(EncodedPacket packet)
    {
        var form = FormFor(packet);
        return _session.SendVolatile(FirstOf(form, packet), form.Attachments);
    }

    public ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        var form = FormFor(packet);
        return _session.SendAsync(FirstOf(form, packet), form.Attachments, cancellationToken);
    }

    public ValueTask<EmitResult> SendAheadAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        var form = FormFor(packet);
        return _session.SendAheadAsync(FirstOf(form, packet), form.Attachments, cancellationToken);
    }

    public void Close(DisconnectCause cause) => _session.Close(cause);

    private static OutboundPacket FirstOf(EncodedPacket form, EncodedPacket packet) =>
        new(form.Message, form.IsBinary, packet.IsIncompressible);

    private EncodedPacket FormFor(EncodedPacket packet) => IsRevision4 ? packet.Revision4 ?? packet : packet;
}
