using Parley.Core.Addresses;

namespace Parley.Net.Clients;

/// <summary>Carries whole messages between a client and its server.</summary>
internal abstract class ClientTransport : IAsyncDisposable
{
    /// <summary>This end.</summary>
    public abstract TransportAddress Local { get; }

    /// <summary>Sends at once or not at all. One call at a time.</summary>
    public abstract bool TrySend(ReadOnlySpan<byte> message);

    /// <summary>
    /// Sends what must not be lost, after a while if need be: over a stream nobody repeats a request (RFC 8489, 6.2.2). Over UDP the engine
    /// repeats it anyway. One call at a time, of this, <see cref="TrySend"/> or <see cref="SendOwed"/>.
    /// </summary>
    /// <param name="message">Copied.</param>
    /// <param name="hasRoom">Called, by any thread, when <see cref="SendOwed"/> can send what had to wait.</param>
    /// <returns>False when too much waits: the server does not read any more.</returns>
    public virtual bool Send(ReadOnlySpan<byte> message, Action hasRoom)
    {
        TrySend(message);
        return true;
    }

    /// <summary>Sends what had to wait, if there is room.</summary>
    public virtual void SendOwed()
    {
    }

    /// <summary>Hands over one message after the other until the transport ends. Does not throw.</summary>
    public abstract Task ReceiveAsync(MessageReceived received, CancellationToken stopping);

    public abstract ValueTask DisposeAsync();

    /// <summary>Connects.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to the server.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server's certificate is not good.</exception>
    public static async Task<ClientTransport> ConnectAsync(TurnClientSocketOptions options, CancellationToken cancellationToken) =>
        options.Turn.Transport == TransportProtocol.Udp
            ? await UdpClientTransport.OpenAsync(options, cancellationToken)
            : await StreamClientTransport.OpenAsync(options, cancellationToken);
}

/// <summary>A whole message; valid during the call.</summary>
internal delegate void MessageReceived(ReadOnlySpan<byte> message);
