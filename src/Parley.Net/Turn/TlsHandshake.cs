using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Parley.Core.Addresses;

namespace Parley.Net.Turn;

/// <summary>Makes TLS of TCP.</summary>
internal sealed class TlsHandshake(TurnHostOptions options, TurnHostCounters counters, TimeProvider time, ILogger logger)
{
    // Strangers decide how often there are handshakes: it is said once, until there is a certificate again.
    private int _isMissing;

    // RFC 7443. A client that offers none of these, but others, is in the wrong place; browsers offer nothing at all.
    private static readonly List<SslApplicationProtocol> Protocols = [new("stun.turn"), new("stun.nat-discovery")];

    /// <summary>Shakes hands; null if that comes to nothing. Has the stream, and does not throw.</summary>
    public async Task<Stream?> TryAsync(Stream plain, TransportAddress client, CancellationToken stopping)
    {
        if (FindCertificate() is not { } certificate)
        {
            counters.ConnectionRefused();
            await plain.DisposeAsync();
            return null;
        }

        var tls = new SslStream(plain);
        using var limit = new CancellationTokenSource(options.HandshakeTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await tls.AuthenticateAsServerAsync(Settings(certificate), either.Token);
            return tls;
        }
        catch (Exception e)
        {
            // Whatever it is: strangers decide what a handshake fails with, and it is theirs alone.
            counters.HandshakeFailed();
            logger.HandshakeFailed(client, limit.IsCancellationRequested ? "it took too long" : e.Message);
            await tls.DisposeAsync();
            return null;
        }
    }

    private SslStreamCertificateContext? FindCertificate()
    {
        try
        {
            SslStreamCertificateContext? certificate = options.Certificate!();
            if (certificate is null)
            {
                TellMissing(null);
            }
            else
            {
                Volatile.Write(ref _isMissing, 0);
            }

            return certificate;
        }
        catch (Exception e)
        {
            // Somebody else's code, which reads files perhaps.
            TellMissing(e);
            return null;
        }
    }

    private void TellMissing(Exception? exception)
    {
        if (Interlocked.Exchange(ref _isMissing, 1) == 0)
        {
            logger.CertificateMissing(exception);
        }
    }

    private static SslServerAuthenticationOptions Settings(SslStreamCertificateContext certificate) => new()
    {
        ServerCertificateContext = certificate,
        ApplicationProtocols = Protocols,
#pragma warning disable CA5398 // What is older is refused, whatever the operating system allows.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        AllowRenegotiation = false,
    };
}
