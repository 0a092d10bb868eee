using System.Net;
using System.Net.Security;
using Parley.Core.Addresses;
using Parley.Stun.Turn.Client;

namespace Parley.Net.Clients;

/// <summary>Which TURN server to use, and how to reach it.</summary>
public sealed record TurnClientSocketOptions
{
    /// <summary>Where it listens.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>What to ask it for; <see cref="TurnClientOptions.Transport"/> says how it is reached.</summary>
    public required TurnClientOptions Turn { get; init; }

    /// <summary>From which address; null: the operating system's choice.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>For TLS: the name of the server, and how its certificate is checked.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Gets what peers send, on whatever thread receives it, and must not keep it waiting. Without it, <see cref="TurnClientSocket.ReceiveAsync"/>
    /// does, from a queue of <see cref="ReceiveQueue"/>.
    /// </summary>
    public DatagramReceived? Received { get; init; }

    /// <summary>How many datagrams wait for <see cref="TurnClientSocket.ReceiveAsync"/>; later ones are lost.</summary>
    public int ReceiveQueue { get; init; } = 1024;

    /// <summary>Of the operating system, each way, in bytes; it may give less.</summary>
    public int BufferBytes { get; init; } = 512 * 1024;
}

/// <summary>A peer has sent something; valid during the call.</summary>
public delegate void DatagramReceived(TransportAddress peer, ReadOnlySpan<byte> data);

/// <summary>What a peer has sent.</summary>
/// <param name="Peer">As the server sees it.</param>
/// <param name="Data">All of one datagram.</param>
public sealed record ReceivedDatagram(TransportAddress Peer, ReadOnlyMemory<byte> Data);
