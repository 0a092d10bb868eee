using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Https;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Https;

public sealed class HttpsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_certificate_goes_out_with_those_behind_it()
    {
        using var root = new TestCertificate("root", _now.AddDays(-1), _now.AddDays(99), isAuthority: true);
        using var between = new TestCertificate("between", _now.AddDays(-1), _now.AddDays(99), root, isAuthority: true);
        using var leaf = new TestCertificate("localhost", _now.AddDays(-1), _now.AddDays(90), between);
        await using var server = await StartAsync(leaf);

        var sent = await HandshakeAsync(server.Address, root);

        sent.ShouldBe(leaf.Thumbprint);
    }

    [Fact]
    public async Task A_renewed_certificate_serves_new_connections_without_a_restart()
    {
        using var first = new TestCertificate("localhost", _now.AddDays(-1), _now.AddDays(9));
        using var second = new TestCertificate("localhost", _now.AddDays(-1), _now.AddDays(99));
        await using var server = await StartAsync(first);
        (await HandshakeAsync(server.Address, first)).ShouldBe(first.Thumbprint);

        Write(second);
        server.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<CertificateWatch>().Single().Check();

        (await HandshakeAsync(server.Address, second)).ShouldBe(second.Thumbprint);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_self_signed_server_serves_the_page_and_WebSockets_in_both_versions_of_HTTP(string version)
    {
        await using var server = await RunningServer.StartAsync("--urls", "https://127.0.0.1:0", "--Parley:Https:SelfSigned", "true");
        using var handler = new SocketsHttpHandler { SslOptions = Trusting() };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/r/room") { Version = new(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var page = await http.SendAsync(request, TestContext.Current.CancellationToken);
        page.EnsureSuccessStatusCode();
        page.Version.ShouldBe(new(version));

        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(
            new UriBuilder(server.Address) { Scheme = "wss", Path = "/socket.io/", Query = "EIO=4&transport=websocket" }.Uri,
            new HttpMessageInvoker(handler, disposeHandler: false),
            TestContext.Current.CancellationToken);
        socket.State.ShouldBe(WebSocketState.Open);
    }

    // The browser's "go on, I know": of all that may be wrong with a certificate, only that nobody vouches for it.
    private static SslClientAuthenticationOptions Trusting() => new()
    {
        RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.RemoteCertificateChainErrors,
    };

    /// <summary>Shakes hands as a browser does that knows one root only, and tells which certificate came.</summary>
    private static async Task<string> HandshakeAsync(Uri address, TestCertificate root)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(tcp.GetStream());
        using var trusted = root.Public;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { trusted },
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
            },
            TestContext.Current.CancellationToken);
        return ((X509Certificate2)tls.RemoteCertificate!).Thumbprint;
    }

    private void Write(TestCertificate certificate)
    {
        _folder.Write("cert.pem", certificate.FullChain);
        _folder.Write("key.pem", certificate.Key);
    }

    private Task<RunningServer> StartAsync(TestCertificate certificate)
    {
        Write(certificate);
        return RunningServer.StartAsync(
            "--urls", "https://127.0.0.1:0", "--Parley:Https:Certificate", _folder.File("cert.pem"), "--Parley:Https:Key", _folder.File("key.pem"));
    }
}
