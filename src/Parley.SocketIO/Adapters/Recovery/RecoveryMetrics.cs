using System.Diagnostics.Metrics;

namespace Parley.SocketIO.Adapters.Recovery;

/// <summary>Figures of connection state recovery, all namespaces together, under the meter <c>Parley.SocketIO</c>.</summary>
internal sealed class RecoveryMetrics
{
    private static readonly KeyValuePair<string, object?> Recovered = new("socketio.recovery.result", "recovered");
    private static readonly KeyValuePair<string, object?> Refused = new("socketio.recovery.result", "refused");

    private readonly UpDownCounter<long> _sessions;
    private readonly UpDownCounter<long> _packets;
    private readonly UpDownCounter<long> _bytes;
    private readonly Counter<long> _attempts;

    public RecoveryMetrics(Meter meter)
    {
        _sessions = meter.CreateUpDownCounter<long>(
            "socketio.server.recovery.sessions", "{session}", "Sockets kept for clients that are away.");
        _packets = meter.CreateUpDownCounter<long>("socketio.server.recovery.packets", "{packet}", "Events kept to be replayed.");
        _bytes = meter.CreateUpDownCounter<long>("socketio.server.recovery.size", "By", "Bytes of events kept to be replayed.");
        _attempts = meter.CreateCounter<long>(
            "socketio.server.recovery.attempts", "{attempt}", "Clients that came back for their socket, by whether they got it.");
    }

    public void Kept(in RecoveryHoldings more)
    {
        Add(_sessions, more.Away);
        Add(_packets, more.Packets);
        Add(_bytes, more.Bytes);
    }

    public void ClientRecovered() => _attempts.Add(1, Recovered);

    public void ClientRefused() => _attempts.Add(1, Refused);

    private static void Add(UpDownCounter<long> counter, long more)
    {
        if (more != 0)
        {
            counter.Add(more);
        }
    }
}
