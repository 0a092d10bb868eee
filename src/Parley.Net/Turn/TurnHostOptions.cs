using System.Net;
using System.Net.Security;
using Parley.Net.Sockets;
using Parley.Net.Streams;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Turn;

/// <summary>Where a TURN server listens, and how it deals with connections.</summary>
public sealed record TurnHostOptions
{
    /// <summary>
    /// Where datagrams come in. Port 0 is a free one; 0.0.0.0 and :: stand for each address of that family that the machine has at the
    /// start, link-local ones of IPv6 left out.
    /// </summary>
    public IReadOnlyList<IPEndPoint> Udp { get; init; } = [];

    /// <summary>Where TCP connections come in; port 0, 0.0.0.0 and :: as in <see cref="Udp"/>.</summary>
    public IReadOnlyList<IPEndPoint> Tcp { get; init; } = [];

    /// <summary>Where TLS connections come in; port 0, 0.0.0.0 and :: as in <see cref="Udp"/>.</summary>
    public IReadOnlyList<IPEndPoint> Tls { get; init; } = [];

    /// <summary>How the server behaves. The host adds what it has bound to <see cref="TurnServerOptions.Listeners"/>.</summary>
    public required TurnServerOptions Server { get; init; }

    /// <summary>
    /// The certificate, asked for at every handshake, so that a renewed one is used at once; null: the connection is refused. May be called
    /// by several threads at a time. Needed if there is <see cref="Tls"/>.
    /// </summary>
    public Func<SslStreamCertificateContext?>? Certificate { get; init; }

    /// <summary>How long a TLS handshake may take.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may exist without an allocation before its first one.</summary>
    public TimeSpan UnauthenticatedTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may go on without an allocation after it had one.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>TCP and TLS connections in all, handshakes included.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>TCP and TLS connections of one IPv4 address, or one IPv6 /64: thirty people may sit behind one.</summary>
    public int ConnectionsPerAddress { get; init; } = 1_000;

    /// <summary>
    /// What may wait for one connection that has an allocation to take it, in bytes. Beyond it data from peers is dropped; a connection for
    /// which twice as much would wait is closed. One without an allocation is closed when more than 4096 bytes would wait.
    /// </summary>
    public int BacklogBytes { get; init; } = 256 * 1024;

    /// <summary>Of the operating system for each UDP listener, each way, in bytes; it may give less (Linux: <c>net.core.rmem_max</c>).</summary>
    public int ListenerBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Of the operating system for each relayed address, each way, in bytes; it may give less.</summary>
    public int RelayBufferBytes { get; init; } = 512 * 1024;

    /// <summary>How many files this process may have open; null: nobody knows. For tests to set.</summary>
    internal Func<long?> OpenFiles { get; init; } = OpenFileLimit.Read;

    /// <summary>What is wrong with them, or null.</summary>
    internal string? Problem() =>
        Udp.Count + Tcp.Count + Tls.Count == 0 ? "There is no address to listen on."
        : Tls.Count > 0 && Certificate is null ? "To listen for TLS, a certificate is needed."
        : HandshakeTime <= TimeSpan.Zero || UnauthenticatedTime <= TimeSpan.Zero || IdleTime <= TimeSpan.Zero ? "Times must be positive."
        : Connections < 1 || ConnectionsPerAddress < 1 ? "There must be room for one connection."
        : Server.Limits.MaxPayload > FrameBuffer.TrustedLength / 2 ? $"Payloads of more than {FrameBuffer.TrustedLength / 2} bytes have no room in the buffer of a stream."
        : BacklogBytes < 4096 ? "A backlog must have room for 4096 bytes."
        : ListenerBufferBytes < 4096 || RelayBufferBytes < 4096 ? "Buffers must have room for 4096 bytes."
        : null;
}
