using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Parley.Server.Tests.Running;

/// <summary>Connects by TLS to servers whose certificates were made for a test.</summary>
internal static class TlsClient
{
    /// <summary>A connection to a port of 127.0.0.1.</summary>
    /// <param name="port">The port.</param>
    /// <param name="protocol">What is asked for by ALPN (RFC 7301), and has to be agreed on; null: ALPN is left out, as browsers do for TURN.</param>
    public static async Task<SslStream> ConnectAsync(int port, string? protocol = null)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
                ApplicationProtocols = protocol is null ? null : [new(protocol)],
            },
            TestContext.Current.CancellationToken);
        Encoding.ASCII.GetString(tls.NegotiatedApplicationProtocol.Protocol.Span).ShouldBe(protocol ?? string.Empty);
        return tls;
    }
}
