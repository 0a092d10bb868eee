using System.Diagnostics.Metrics;

namespace Parley.SocketIO.EngineIO;

/// <summary>Figures of a Socket.IO server, under the meter <c>Parley.SocketIO</c>.</summary>
internal sealed class EngineMetrics
{
    public const string MeterName = "Parley.SocketIO";

    private static readonly KeyValuePair<string, object?> Received = new("network.io.direction", "receive");
    private static readonly KeyValuePair<string, object?> Sent = new("network.io.direction", "transmit");

    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _packets;
    private readonly Counter<long> _bytes;
    private readonly UpDownCounter<long> _queued;
    private readonly Counter<long> _closed;

    public EngineMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _connections = meter.CreateUpDownCounter<long>(
            "socketio.server.connections", "{connection}", "Open Engine.IO sessions, by transport.");
        _packets = meter.CreateCounter<long>("socketio.server.packets", "{packet}", "Engine.IO packets received and sent.");
        _bytes = meter.CreateCounter<long>("socketio.server.io", "By", "Bytes of Engine.IO packets received and sent.");
        _queued = meter.CreateUpDownCounter<long>("socketio.server.outbound.queued", "By", "Bytes waiting to be sent to clients.");
        _closed = meter.CreateCounter<long>("socketio.server.disconnects", "{connection}", "Ended sessions, by cause.");
    }

    public void SessionOpened(string transport) => _connections.Add(1, Transport(transport));

    public void SessionUpgraded(string from, string to)
    {
        _connections.Add(-1, Transport(from));
        _connections.Add(1, Transport(to));
    }

    public void SessionClosed(string transport, DisconnectCause cause)
    {
        _connections.Add(-1, Transport(transport));
        _closed.Add(1, new KeyValuePair<string, object?>("socketio.disconnect.cause", cause));
    }

    public void PacketReceived(int bytes)
    {
        _packets.Add(1, Received);
        _bytes.Add(bytes, Received);
    }

    public void PacketSent(int bytes)
    {
        _packets.Add(1, Sent);
        _bytes.Add(bytes, Sent);
    }

    public void OutboundQueued(long bytes) => _queued.Add(bytes);

    private static KeyValuePair<string, object?> Transport(string name) => new("socketio.transport", name);
}
