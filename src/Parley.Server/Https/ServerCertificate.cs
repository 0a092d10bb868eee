using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Parley.Server.Https;

/// <summary>The certificate in use: whoever speaks TLS asks for it at each handshake, and so it can be renewed while the server runs.</summary>
internal sealed class ServerCertificate
{
    private volatile State _state;

    public ServerCertificate(LoadedCertificate first) => _state = State.Of(first);

    public LoadedCertificate Current => _state.Certificate;

    /// <summary>What else is spoken at the port of HTTPS, for clients that say so (RFC 7301). To be set before the server starts.</summary>
    public IReadOnlyList<SslApplicationProtocol> OtherProtocols { get; set; } = [];

    /// <summary>The certificate with its chain, for a handshake that begins now.</summary>
    public SslStreamCertificateContext Context => _state.Context;

    /// <summary>From now on, handshakes are made with this one. The one before is not disposed of: handshakes may be using it.</summary>
    public void Replace(LoadedCertificate renewed) => _state = State.Of(renewed);

    /// <summary>Makes Kestrel use it.</summary>
    public void Serve(HttpsConnectionAdapterOptions https)
    {
        // Kestrel asks that there be one, but a certificate given that way goes out without its chain; hence the second step.
        https.ServerCertificateSelector = (_, _) => Current.Leaf;
        https.OnAuthenticate = (_, handshake) =>
        {
            handshake.ServerCertificateSelectionCallback = null;
            handshake.ServerCertificateContext = Context;
            handshake.ApplicationProtocols?.AddRange(OtherProtocols);
        };
    }

    private sealed record State(LoadedCertificate Certificate, SslStreamCertificateContext Context)
    {
        // Offline: what is missing of the chain is not fetched from strangers.
        public static State Of(LoadedCertificate certificate) =>
            new(certificate, SslStreamCertificateContext.Create(certificate.Leaf, certificate.Chain, offline: true));
    }
}
