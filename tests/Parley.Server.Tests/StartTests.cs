using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests;

public sealed class StartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_is_ready_says_where_in_one_line_and_nothing_else()
    {
        var server = await RunAsync("--urls", "http://127.0.0.1:0");

        server.Output.ShouldMatch(@"^Parley is ready: http://127\.0\.0\.1:[1-9][0-9]*\r?\n$");
        server.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_web_client_is_warned_of()
    {
        var server = await RunAsync("--urls", "http://127.0.0.1:0", "--webroot", "/nowhere");

        server.Output.ShouldContain("Parley is ready");
        server.Output.ShouldContain("/nowhere");
    }

    [Fact]
    public async Task What_is_bound_to_every_address_is_opened_on_this_machine_by_its_name()
    {
        var server = await RunAsync("--urls", "http://*:0");

        server.Output.ShouldMatch(@"^Parley is ready: http://localhost:[1-9][0-9]*( http://[^ \r\n]+)*\r?\n");
    }

    [Fact]
    public async Task Help_is_given_instead_of_a_start()
    {
        var server = await RunAsync("--help");

        (server.ExitCode, server.Error).ShouldBe((0, string.Empty));
        server.Output.ShouldContain("Usage:");
        server.Output.ShouldNotContain("Parley is ready");
    }

    [Fact]
    public async Task A_part_that_fails_later_ends_the_server_as_failed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService<FailsLater>();
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        ParleyServer.HasFailed(app).ShouldBeFalse();

        app.Services.GetServices<IHostedService>().OfType<FailsLater>().Single().Fail();
        await app.WaitForShutdownAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        ParleyServer.HasFailed(app).ShouldBeTrue();
    }

    [Fact]
    public async Task One_switch_serves_the_network_by_https_and_says_where()
    {
        // The default ports may be anybody's on this machine: any that are said will do.
        var server = await RunAsync("--Parley:Https:SelfSigned", "true", "--urls", "");

        server.Output.ShouldMatch(@"(?m)^Parley is ready: http://localhost:[1-9][0-9]*( https://[^ ]+:[1-9][0-9]*)*( \(in use.*\))?\r?$");
        var certificate = X509Certificate2.CreateFromPemFile(_folder.File("data/self-signed.pem"));
        server.Output.Replace(":", string.Empty, StringComparison.Ordinal).ShouldContain(certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_default_port_that_is_in_use_is_replaced_by_a_free_one()
    {
        using var other = new TcpListener(IPAddress.Loopback, 8080);
        try
        {
            other.Start();
        }
        catch (SocketException)
        {
            // It is in use already, which is just as good.
        }

        var server = await RunAsync();

        server.Output.ShouldMatch(@"^Parley is ready: http://localhost:[1-9][0-9]* \(in use by another program: port 8080\)\r?\n$");
        server.Output.ShouldNotContain("http://localhost:8080 ");
    }

    [Fact]
    public async Task A_port_for_https_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        ShouldHaveStopped(await RunAsync("--Parley:Https:SelfSigned", "true", "--Parley:Https:Port", port), $"Parley:Https:Port cannot be {port}");
    }

    [Fact]
    public async Task A_port_for_TURN_in_use_is_named()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)other.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

        ShouldHaveStopped(await RunAsync("--urls", "http://127.0.0.1:0", "--Parley:Turn:Port", port), $"Parley:Turn:Port cannot be {port}");
    }

    [Fact]
    public async Task A_certificate_that_no_address_uses_is_warned_of()
    {
        var server = await RunAsync("--Parley:Https:SelfSigned", "true", "--urls", "http://127.0.0.1:0");

        server.Output.ShouldContain("no address begins with https://");
    }

    [Fact]
    public async Task An_outdated_certificate_is_served_with_a_warning()
    {
        // So that calls go on after a restart, and the renewed certificate is taken when it comes.
        var now = TimeProvider.System.GetUtcNow();
        using var outdated = new TestCertificate("localhost", now.AddDays(-9), now.AddDays(-1));
        _folder.Write("cert.pem", outdated.FullChain);
        _folder.Write("key.pem", outdated.Key);

        var server = await RunAsync(
            "--urls", "https://127.0.0.1:0", "--Parley:Https:Certificate", _folder.File("cert.pem"), "--Parley:Https:Key", _folder.File("key.pem"));

        server.Output.ShouldContain("Parley is ready: https://127.0.0.1:");
        server.Output.ShouldContain("Browsers will refuse the certificate");
    }

    [Fact]
    public async Task The_switch_that_believes_every_proxy_is_answered_with_a_warning()
    {
        var server = await RunAsync(["--urls", "http://127.0.0.1:0"], ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"));

        server.Output.ShouldContain("Parley:Proxies");
        server.Output.ShouldContain("Parley is ready");
    }

    [Fact]
    public async Task The_command_line_goes_before_the_environment_and_that_before_the_file()
    {
        _folder.Write("appsettings.json", """{"Parley":{"Rooms":{"Capacity":"from the file"}}}""");

        (await RunAsync()).Error.ShouldContain("from the file");
        (await RunAsync([], ("Parley__Rooms__Capacity", "from the environment"))).Error.ShouldContain("from the environment");
        (await RunAsync(["--Parley:Rooms:Capacity", "from the command line"], ("Parley__Rooms__Capacity", "from the environment")))
            .Error.ShouldContain("from the command line");
    }

    [Theory]
    [InlineData("Parley:Rooms:Capacity", "1")]
    [InlineData("Parley:Rooms:Capacity", "many")]
    [InlineData("Parley:Rooms:Capcity", "8")]
    [InlineData("Parley:Nothing", "8")]
    [InlineData("Parley:IceServers:0:Urls", "turn:example.org")]
    [InlineData("Parley:AllowedOrigins", "everyone")]
    [InlineData("Parley:DataFolder", "/dev/null/parley")]
    [InlineData("Parley:Https:Certificate", "/nowhere/fullchain.pem")]
    [InlineData("Parley:Proxies", "everyone")]
    [InlineData("Parley:Turn:AllowedPeers", "10.0.0.1/8")]
    [InlineData("Parley:Turn:TlsPort", "5349")]
    [InlineData("Parley:PathBase", "parley")]
    [InlineData("Parley:FrameOrigins", "everyone")]
    [InlineData("Parley", "3")]
    public async Task What_cannot_be_honoured_stops_the_start_with_one_line_that_names_it(string key, string value)
    {
        var server = await RunAsync($"--{key}", value);

        ShouldHaveStopped(server, key);
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("http://localhost:99999", "urls")]
    [InlineData("http://127.0.0.1:99999", "urls")]
    [InlineData("https://127.0.0.1:0", "Parley:Https")]
    public async Task An_address_that_cannot_be_served_stops_the_start_with_one_line(string address, string named)
    {
        // Without a home there is no developer certificate either, whatever this machine has.
        var server = await RunAsync(["--urls", address], ("HOME", _folder.File("home")));

        ShouldHaveStopped(server, named);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        _folder.Write("file", "no folder");

        ShouldHaveStopped(await RunAsync("--Parley:DataFolder", _folder.File("file")), "Parley:DataFolder");
    }

    [Fact]
    public async Task A_user_without_a_home_can_start_the_server()
    {
        var server = await RunAsync(
            ["--urls", "http://127.0.0.1:0", "--Parley:DataFolder", _folder.File("data")], ("HOME", null), ("XDG_DATA_HOME", null));

        server.Output.ShouldStartWith("Parley is ready");
    }

    [Theory]
    [InlineData("{ \"Parley\": ")]
    [InlineData("[]")]
    [InlineData("Parley")]
    public async Task A_settings_file_that_is_no_JSON_is_named(string content)
    {
        _folder.Write("appsettings.json", content);

        ShouldHaveStopped(await RunAsync(), "appsettings.json");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        ShouldHaveStopped(await RunAsync("--urls", $"http://{other.LocalEndpoint}"), other.LocalEndpoint.ToString()!);
    }

    private Task<ServerProcess> RunAsync(params string[] args) => RunAsync(args, []);

    private Task<ServerProcess> RunAsync(string[] args, params (string Name, string? Value)[] environment)
    {
        // Of two values for one key the later one is taken: a test may say otherwise.
        string[] defaults = ["--Parley:DataFolder", _folder.File("data"), "--webroot", _folder.File("web"), "--Parley:Turn:Port", "0"];
        _folder.Write("web/index.html", "<!doctype html>");
        return ServerProcess.RunAsync(_folder.Path, [.. defaults, .. args], environment);
    }

    private static void ShouldHaveStopped(ServerProcess server, string named)
    {
        server.ExitCode.ShouldBe(1);
        server.Output.ShouldBeEmpty();
        server.Error.ShouldStartWith("Parley cannot start: ");
        server.Error.ShouldContain(named);
        server.Error.TrimEnd().ShouldNotContain("\n");
    }

    private sealed class FailsLater : BackgroundService
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail() => _failed.SetException(new IOException("no more disk"));

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => _failed.Task;
    }
}
