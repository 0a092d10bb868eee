using Parley.Core.Addresses;
using Parley.Testing.Hosts;

namespace Parley.Testing.Streams;

/// <summary>One end of a TCP or TLS connection: bytes arrive whole and in order, in pieces of any size, or not at all.</summary>
public sealed class VirtualStream
{
    private readonly List<byte> _unread = [];
    private StreamPipe? _pipe;

    internal VirtualStream(VirtualHost host, TransportAddress local, TransportAddress remote, TransportProtocol protocol)
    {
        Host = host;
        Local = local;
        Remote = remote;
        Protocol = protocol;
    }

    /// <summary>Whose end it is.</summary>
    public VirtualHost Host { get; }

    /// <summary>As this host knows itself.</summary>
    public TransportAddress Local { get; }

    /// <summary>As this host sees the other.</summary>
    public TransportAddress Remote { get; }

    /// <summary>What it was opened as. In the virtual world TLS is a name only.</summary>
    public TransportProtocol Protocol { get; }

    /// <summary>Connected, and neither closed nor broken as far as this end knows.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>No connection any more, or never one.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The connection is made.</summary>
    public Action? Opened { get; set; }

    /// <summary>Takes bytes as they come; without it they wait in <see cref="Unread"/>.</summary>
    public StreamHandler? Received { get; set; }

    /// <summary>The other end closed, or the connection broke, or was never made; not called for what this end did.</summary>
    public Action? Ended { get; set; }

    /// <summary>What has arrived and nobody took.</summary>
    public IReadOnlyList<byte> Unread => _unread;

    /// <summary>Sends bytes, as soon as the connection is open; after its end, nothing.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (!HasEnded)
        {
            _pipe?.Write(bytes.ToArray());
        }
    }

    /// <summary>Closes; the other end learns it after everything that was sent before.</summary>
    public void Close()
    {
        if (!HasEnded)
        {
            HasEnded = true;
            IsOpen = false;
            _pipe?.WriteEnd();
        }
    }

    /// <summary>This end vanishes, as when a phone loses its network: the other learns it only when it sends something.</summary>
    public void Vanish()
    {
        HasEnded = true;
        IsOpen = false;
    }

    internal void Attach(StreamPipe pipe) => _pipe = pipe;

    internal void Open()
    {
        IsOpen = true;
        Opened?.Invoke();
    }

    internal void Deliver(ReadOnlySpan<byte> bytes)
    {
        if (Received is not null)
        {
            Received(bytes);
        }
        else
        {
            _unread.AddRange(bytes);
        }
    }

    internal void End()
    {
        if (!HasEnded)
        {
            HasEnded = true;
            IsOpen = false;
            Ended?.Invoke();
        }
    }
}

/// <summary>Takes bytes of a stream.</summary>
/// <param name="bytes">Valid during the call.</param>
public delegate void StreamHandler(ReadOnlySpan<byte> bytes);
