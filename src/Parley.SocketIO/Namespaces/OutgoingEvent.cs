namespace Parley.SocketIO;

/// <summary>An event on its way to a client. See <see cref="Socket.OnAnyOutgoing"/>.</summary>
public sealed class OutgoingEvent
{
    private readonly EncodedPacket _packet;
    private EventArguments? _arguments;

    internal OutgoingEvent(Socket socket, EncodedPacket packet) => (Socket, _packet) = (socket, packet);

    /// <summary>The socket that the event is sent to.</summary>
    public Socket Socket { get; }

    /// <summary>The event's name.</summary>
    public string Name => _packet.Event!;

    /// <summary>What the client will read, attachments included. Taken apart when first asked for.</summary>
    public EventArguments Arguments => _arguments ??= Socket.Namespace.Server.Encoder.ReadArguments(_packet);
}
