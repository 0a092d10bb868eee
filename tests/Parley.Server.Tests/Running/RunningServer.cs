using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Metrics;

namespace Parley.Server.Tests.Running;

/// <summary>The whole server, put together as Program does it, in this process on a free port of 127.0.0.1.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly WebApplication _app;

    private RunningServer(Action<IServiceCollection>? replace, string[] args)
    {
        _folder.Write("web/index.html", """<!doctype html><title>Parley</title><script src="./assets/page-x1.js"></script><link href="./icon.svg">""");
        _folder.Write("web/parley-call.js", "export const element = 'parley-call';");
        _folder.Write("web/assets/page-x1.js", string.Concat(Enumerable.Repeat("export const text = 'well compressed';\n", 100)));
        _app = ParleyServer.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--webroot", _folder.File("web"),
            "--Parley:DataFolder", _folder.File("data"),
            "--Logging:LogLevel:Default", "Error",

            // Of two values for one key the later one is taken: what is about TURN says so.
            "--Parley:Turn:Enabled", "false",
            "--Parley:Turn:Port", "0",

            // All tests come from one address.
            "--Parley:Rooms:Limits:JoinsPerAddress", "100000",
            .. args,
        ],
        replace);
    }

    public Uri Address => Addresses[0];

    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(url => new Uri(url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)))];

    /// <summary>Connections that the web server has now, whatever is spoken on them.</summary>
    public int ActiveConnections => Get<MetricCollector>().Collect().Split('\n')
        .Where(line => line.StartsWith("kestrel_active_connections{", StringComparison.Ordinal))
        .Sum(line => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));

    public static Task<RunningServer> StartAsync(params string[] args) => StartWithAsync(replace: null, args);

    /// <summary>The same with services of the test's own.</summary>
    public static async Task<RunningServer> StartWithAsync(Action<IServiceCollection>? replace, params string[] args)
    {
        var server = new RunningServer(replace, args);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public T Get<T>()
        where T : notnull => (T)_app.Services.GetService(typeof(T))!;

    public Task<SignallingClient> ConnectAsync() => SignallingClient.ConnectAsync(Address);

    /// <summary>Connects and joins: what the answer says stands in the client.</summary>
    public async Task<SignallingClient> JoinAsync(string room, string name = "Ada", long incarnation = 1, string? seat = null)
    {
        var client = await ConnectAsync();
        await client.JoinAsync(room, name, incarnation, seat);
        return client;
    }

    public HttpClient NewHttpClient() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>One server for all tests of a class that do not disturb each other.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
