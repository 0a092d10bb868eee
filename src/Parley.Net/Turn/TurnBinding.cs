using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Sockets;
using Parley.Net.Streams;

namespace Parley.Net.Turn;

/// <summary>The sockets that a TURN server listens with: all that were asked for, or none.</summary>
internal sealed class TurnBinding : IDisposable
{
    private readonly List<IUdpPort> _udp = [];
    private readonly List<(TransportProtocol Protocol, StreamListener Listener)> _streams = [];

    /// <summary>Binds all of them.</summary>
    /// <exception cref="IOException">One cannot be bound; the message says which, and why.</exception>
    public TurnBinding(TurnHostOptions options, IUdpPorts ports, IDatagramHandler handler, TimeProvider time)
    {
        try
        {
            BindAll(options.Udp, TransportProtocol.Udp, address => _udp.Add(ports.Open(TransportAddress.From(address), handler, options.ListenerBufferBytes)));
            BindAll(options.Tcp, TransportProtocol.Tcp, address => _streams.Add((TransportProtocol.Tcp, new StreamListener(address, time))));
            BindAll(options.Tls, TransportProtocol.Tls, address => _streams.Add((TransportProtocol.Tls, new StreamListener(address, time))));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<IUdpPort> Udp => _udp;

    public IReadOnlyList<(TransportProtocol Protocol, StreamListener Listener)> Streams => _streams;

    public IReadOnlyList<TurnListener> Listeners =>
    [
        .. _udp.Select(port => new TurnListener(TransportProtocol.Udp, port.Local.ToIPEndPoint())),
        .. _streams.Select(stream => new TurnListener(stream.Protocol, stream.Listener.Address)),
    ];

    /// <summary>Listens no more. The UDP ports belong to the loop, which closes them.</summary>
    public void StopAccepting()
    {
        foreach (var (_, listener) in _streams)
        {
            listener.Dispose();
        }
    }

    public void Dispose()
    {
        StopAccepting();
        foreach (IUdpPort port in _udp)
        {
            port.Dispose();
        }
    }

    private static void BindAll(IReadOnlyList<IPEndPoint> configured, TransportProtocol protocol, Action<IPEndPoint> bind)
    {
        foreach (IPEndPoint endPoint in configured)
        {
            List<IPEndPoint> concrete = [.. LocalAddresses.Expand(endPoint.Address).Select(address => new IPEndPoint(address, endPoint.Port))];
            if (concrete.Count == 0)
            {
                throw new IOException($"TURN cannot listen on {new TurnListener(protocol, endPoint)}: this machine has no address of that kind.");
            }

            foreach (IPEndPoint address in concrete)
            {
                try
                {
                    bind(address);
                }
                catch (SocketException e)
                {
                    throw new IOException($"TURN cannot listen on {new TurnListener(protocol, address)}: {e.Message}.", e);
                }
            }
        }
    }
}
