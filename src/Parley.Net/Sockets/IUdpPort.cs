using Parley.Core.Addresses;
using Parley.Core.Time;

namespace Parley.Net.Sockets;

/// <summary>
/// A UDP socket that belongs to a loop. The border behind which the operating system is asked in the way it answers fastest; all of it is
/// called on the loop's thread.
/// </summary>
internal interface IUdpPort : IDisposable
{
    /// <summary>Where it is bound: a concrete address, never an unspecified one.</summary>
    TransportAddress Local { get; }

    /// <summary>Sends without waiting, or not at all: false when the socket is full, or the operating system knows no way to there.</summary>
    /// <remarks>Clients choose where to, so a refusal must cost as little as a datagram: no exception, no memory.</remarks>
    bool TrySend(in TransportAddress to, ReadOnlySpan<byte> datagram);
}

/// <summary>Who gets what a port receives; called on the loop's thread.</summary>
internal interface IDatagramHandler
{
    /// <summary>A datagram has come; its bytes are valid during the call.</summary>
    void HandleDatagram(Instant now, IUdpPort port, in TransportAddress from, ReadOnlySpan<byte> datagram);

    /// <summary>A datagram has come that is longer than anything that is expected here.</summary>
    void HandleTooLong(IUdpPort port);

    /// <summary>The port receives no more.</summary>
    void HandleFailure(Instant now, IUdpPort port, string reason);
}

/// <summary>Opens ports for one loop.</summary>
internal interface IUdpPorts
{
    /// <summary>Binds a port, which begins to receive as soon as the loop runs. May be called before the loop runs.</summary>
    /// <param name="local">Port 0: a free one.</param>
    /// <param name="handler">Who gets what it receives.</param>
    /// <param name="buffers">Of the operating system, in bytes, each way; it may give less.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is taken, or not one of this machine's.</exception>
    IUdpPort Open(in TransportAddress local, IDatagramHandler handler, int buffers);
}
