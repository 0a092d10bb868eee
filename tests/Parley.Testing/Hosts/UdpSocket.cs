using Parley.Core.Addresses;

namespace Parley.Testing.Hosts;

/// <summary>A UDP socket of a <see cref="VirtualHost"/>.</summary>
public sealed class UdpSocket
{
    private readonly VirtualHost _host;
    private readonly List<Datagram> _inbox = [];
    private bool _closed;

    internal UdpSocket(VirtualHost host, TransportAddress local)
    {
        _host = host;
        Local = local;
    }

    /// <summary>As the host knows it.</summary>
    public TransportAddress Local { get; }

    /// <summary>Takes what arrives; without it, datagrams gather in <see cref="Inbox"/>.</summary>
    public DatagramHandler? Received { get; set; }

    /// <summary>What has arrived and nobody took.</summary>
    public IReadOnlyList<Datagram> Inbox => _inbox;

    /// <summary>Sends one datagram; after <see cref="Close"/>, nothing.</summary>
    public void Send(TransportAddress to, ReadOnlySpan<byte> payload)
    {
        if (!_closed)
        {
            _host.Send(this, to, payload);
        }
    }

    /// <summary>What arrives from now on finds nobody.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _host.Forget(this);
        }
    }

    internal void Deliver(TransportAddress from, byte[] payload)
    {
        if (Received is not null)
        {
            Received(from, payload);
        }
        else
        {
            _inbox.Add(new Datagram(from, payload));
        }
    }
}

/// <summary>Takes a datagram.</summary>
/// <param name="from">As seen at the socket.</param>
/// <param name="payload">Valid during the call.</param>
public delegate void DatagramHandler(TransportAddress from, ReadOnlySpan<byte> payload);

/// <summary>A datagram that has arrived.</summary>
/// <param name="From">As seen at the socket.</param>
/// <param name="Payload">All of it.</param>
public sealed record Datagram(TransportAddress From, ReadOnlyMemory<byte> Payload);
