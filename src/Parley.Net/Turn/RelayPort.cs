using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Sockets;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Turn;

/// <summary>The socket of a relayed transport address.</summary>
internal sealed class RelayPort : IDatagramHandler, IDisposable
{
    private readonly TurnDriver _driver;
    private readonly TurnHostCounters _counters;
    private readonly RelayId _relay;
    private readonly IUdpPort _port;

    /// <summary>Opens it.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot be opened.</exception>
    public RelayPort(TurnDriver driver, TurnHostCounters counters, IUdpPorts ports, RelayId relay, in TransportAddress local, int buffers)
    {
        _driver = driver;
        _counters = counters;
        _relay = relay;
        _port = ports.Open(local, this, buffers);
    }

    public bool TrySend(in TransportAddress to, ReadOnlySpan<byte> datagram) => _port.TrySend(to, datagram);

    public void HandleDatagram(Instant now, IUdpPort port, in TransportAddress from, ReadOnlySpan<byte> datagram) =>
        _driver.HandleRelayed(now, _relay, from, datagram);

    public void HandleTooLong(IUdpPort port) => _counters.WasTooLong();

    public void HandleFailure(Instant now, IUdpPort port, string reason) => _driver.HandleRelayFailure(now, _relay, port.Local, reason);

    public void Dispose() => _port.Dispose();
}
