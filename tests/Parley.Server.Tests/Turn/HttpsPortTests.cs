using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;
using Parley.Stun.Messages;

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
        await using var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(server.Address.Port, protocol));

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
        await using (var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(server.Address.Port)))
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
        await using var stream = await TlsClient.ConnectAsync(server.Address.Port);
        foreach (var piece in (string[])["G", "ET /health HTT", "P/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
        }

        (await ReadToEndAsync(stream)).ShouldStartWith("HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_TURN_clients()
    {
        var server = await StartAsync();
        await using var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(server.Address.Port));
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

        await using var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(service.TlsPort));

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

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_those_who_have_said_nothing()
    {
        var server = await StartAsync();
        await using var silent = await TlsClient.ConnectAsync(server.Address.Port);
        var begun = TimeProvider.System.GetTimestamp();

        await server.DisposeAsync();

        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(4.5));
    }

    [Fact]
    public async Task Silence_is_HTTPs_affair_after_a_while_and_ended_by_its_limits()
    {
        await using var server = await StartAsync();
        server.Get<HttpsPort>().Patience = TimeSpan.FromMilliseconds(200);
        server.Get<IOptions<KestrelServerOptions>>().Value.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(1);
        await using var silent = await TlsClient.ConnectAsync(server.Address.Port);

        (await ReadToEndAsync(silent)).ShouldBeEmpty();

        await Eventually.ShouldBeTrueAsync(() => server.ActiveConnections == 0);
    }

    [Fact]
    public async Task Half_a_STUN_header_and_no_more_is_refused_by_HTTP()
    {
        await using var server = await StartAsync();
        server.Get<HttpsPort>().Patience = TimeSpan.FromMilliseconds(200);
        await using var slow = await TlsClient.ConnectAsync(server.Address.Port);
        await slow.WriteAsync(new byte[] { 0, 3, 0, 8, 0x21 }, TestContext.Current.CancellationToken);

        (await ReadToEndAsync(slow)).ShouldStartWith("HTTP/1.1 400 ");

        await Eventually.ShouldBeTrueAsync(() => server.ActiveConnections == 0);
        server.Get<TurnRelay>().Server!.Counters.Allocations.ShouldBe(0);
    }

    [Fact]
    public async Task Many_who_say_nothing_leave_nothing_behind_when_they_go_however_they_go()
    {
        await using var server = await StartAsync();
        var crowd = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TlsClient.ConnectAsync(server.Address.Port)));
        await Eventually.ShouldBeTrueAsync(() => server.ActiveConnections == crowd.Length);

        for (var number = 0; number < crowd.Length; number++)
        {
            // Every other one with a farewell.
            if (number % 2 == 0)
            {
                await crowd[number].ShutdownAsync();
            }

            await crowd[number].DisposeAsync();
        }

        await Eventually.ShouldBeTrueAsync(() => server.ActiveConnections == 0);
        await using var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(server.Address.Port));
        (await visitor.AllocateAsync("ada", "lovelace")).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("stun.turn")]
    public async Task At_a_loopback_address_it_is_not_shared_because_strangers_may_be_passed_on_to_it(string? protocol)
    {
        await using var server = await StartAsync(external: null);
        await using var proxy = new Passthrough(server.Address.Port);

        // Whoever comes says that it is at this machine.
        await using var stranger = await SignallingClient.ConnectAsync(new($"https://127.0.0.1:{proxy.Port}"), ("Host", $"localhost:{proxy.Port}"));
        var (_, turn) = RevocationTests.OwnServers((await stranger.RequestAsync("diagnose"))["iceServers"]!.AsArray());
        turn["urls"]!.AsArray().ShouldAllBe(url => !((string)url!).StartsWith("turns:"));
        server.Get<TurnRelay>().Service!.SharesHttpsPort.ShouldBeFalse();

        await using var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(proxy.Port, protocol));
        await Should.ThrowAsync<EndOfStreamException>(() => visitor.AllocateAsync(turn));
        server.Get<TurnRelay>().Server!.Counters.Allocations.ShouldBe(0);
    }

    [Fact]
    public async Task Where_nobody_reaches_neighbours_those_who_are_passed_on_do_not_either()
    {
        await using var server = await StartAsync();
        await using var proxy = new Passthrough(server.Address.Port);
        await using var visitor = TurnVisitor.Over(await TlsClient.ConnectAsync(proxy.Port));

        (await visitor.AllocateAsync("ada", "lovelace")).Error.ShouldBeNull();

        (await visitor.PermitAsync("8.8.8.8", "ada", "lovelace")).Error.ShouldBeNull();
        foreach (var neighbour in (string[])["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1"])
        {
            (await visitor.PermitAsync(neighbour, "ada", "lovelace")).Error.ShouldBe(StunErrorCode.Forbidden, neighbour);
        }
    }

    private async Task<RunningServer> StartAsync(string? external = "198.51.100.7")
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new TestCertificate("localhost", now.AddDays(-1), now.AddDays(9));
        _folder.Write("cert.pem", certificate.FullChain);
        _folder.Write("key.pem", certificate.Key);
        return await RunningServer.StartAsync(
        [
            "--Parley:Turn:Enabled", "true", "--Parley:Turn:TlsPort", "0",
            "--Parley:Turn:Users:0:Name", "ada", "--Parley:Turn:Users:0:Password", "lovelace",
            "--urls", "https://127.0.0.1:0",
            "--Parley:Https:Certificate", _folder.File("cert.pem"), "--Parley:Https:Key", _folder.File("key.pem"),

            // Then all of them come from loopback addresses, and nobody is let through to those.
            .. external is null ? [] : (string[])["--Parley:Turn:External", external],
        ]);
    }

    private static async Task<string> ReadToEndAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }
}
