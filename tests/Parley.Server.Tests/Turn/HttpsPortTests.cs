using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class HttpsPortTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("stun.turn")]
    public async Task TURN_is_served_at_the_port_of_HTTPS_with_ALPN_and_without(string? protocol)
    {
        await using var server = await StartAsync();
        await using var visitor = TurnVisitor.Over(await ConnectAsync(server, protocol));

        (await visitor.BindAsync()).Mapped.ShouldNotBeNull();
        var answer = await visitor.AllocateAsync("ada", "lovelace");

        answer.Error.ShouldBeNull();
        answer.Relayed.ShouldNotBeNull();
        server.Get<TurnRelay>().Server!.Counters.Allocations.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_ends_takes_its_allocation_along()
    {
        await using var server = await StartAsync();
        await using (var visitor = TurnVisitor.Over(await ConnectAsync(server, protocol: null)))
        {
            (await visitor.AllocateAsync("ada", "lovelace")).Error.ShouldBeNull();
        }

        await Eventually.ShouldBeTrueAsync(() => server.Get<TurnRelay>().Server!.Counters.Allocations == 0);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task HTTP_is_served_there_as_before(string version)
    {
        await using var server = await StartAsync();
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) } };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Version = new(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.Version.ShouldBe(new(version));
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("ok");
    }

    [Fact]
    public async Task HTTP_without_ALPN_is_known_by_its_first_letter_whatever_the_pieces_it_comes_in()
    {
        await using var server = await StartAsync();
        await using var stream = await ConnectAsync(server, protocol: null);
        foreach (var piece in (string[])["G", "ET /health HTT", "P/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
        }

        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldStartWith("HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_TURN_clients()
    {
        var server = await StartAsync();
        await using var visitor = TurnVisitor.Over(await ConnectAsync(server, protocol: null));
        (await visitor.AllocateAsync("ada", "lovelace")).Error.ShouldBeNull();
        var begun = TimeProvider.System.GetTimestamp();

        await server.DisposeAsync();

        // The host would wait for five seconds.
        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(4.5));
    }

    [Fact]
    public async Task With_a_certificate_of_an_authority_there_is_a_port_for_TLS_too()
    {
        await using var server = await StartAsync();
        var service = server.Get<TurnRelay>().Service!;
        service.SharesHttpsPort.ShouldBeTrue();

        await using var visitor = TurnVisitor.Over(await ConnectAsync(service.TlsPort, protocol: null));

        (await visitor.AllocateAsync("ada", "lovelace")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task With_a_self_made_certificate_there_is_no_TURN_over_TLS()
    {
        await using var server = await RunningServer.StartAsync(
            "--Parley:Turn:Enabled", "true", "--urls", "https://127.0.0.1:0", "--Parley:Https:SelfSigned", "true");
        var service = server.Get<TurnRelay>().Service!;

        (service.SharesHttpsPort, service.TlsPort).ShouldBe((false, 0));
    }

    private async Task<RunningServer> StartAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new TestCertificate("localhost", now.AddDays(-1), now.AddDays(9));
        _folder.Write("cert.pem", certificate.FullChain);
        _folder.Write("key.pem", certificate.Key);
        return await RunningServer.StartAsync(
            "--Parley:Turn:Enabled", "true", "--Parley:Turn:TlsPort", "0",
            "--Parley:Turn:Users:0:Name", "ada", "--Parley:Turn:Users:0:Password", "lovelace",
            "--urls", "https://127.0.0.1:0",
            "--Parley:Https:Certificate", _folder.File("cert.pem"), "--Parley:Https:Key", _folder.File("key.pem"));
    }

    private static Task<SslStream> ConnectAsync(RunningServer server, string? protocol) => ConnectAsync(server.Address.Port, protocol);

    private static async Task<SslStream> ConnectAsync(int port, string? protocol)
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
