using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Clients;

/// <summary>A real server on a free port of 127.0.0.1. When it goes, it must not have logged an error that no test expected.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _expectsErrors;

    private TestServer(WebApplication app, LogRecorder logs)
    {
        (_app, Logs) = (app, logs);
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public LogRecorder Logs { get; }

    public IServiceProvider Services => _app.Services;

    public SocketServer IO => Services.GetRequiredService<SocketServer>();

    public static async Task<TestServer> StartAsync(
        Action<SocketIOOptions>? options = null,
        Action<SocketServer>? io = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null)
    {
        var logs = new LogRecorder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSocketIO(o =>
        {
            // Most tests leave something under way, some on a clock that stands still by then.
            o.DrainGrace = TimeSpan.Zero;
            options?.Invoke(o);
        });
        if (time is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(time));
        }

        services?.Invoke(builder.Services);
        var app = builder.Build();
        (map ?? (static a => a.MapSocketIO()))(app);
        io?.Invoke(app.Services.GetRequiredService<SocketServer>());
        await app.StartAsync();
        return new TestServer(app, logs);
    }

    /// <summary>This test makes the application fail on purpose.</summary>
    public TestServer ExpectingErrors()
    {
        _expectsErrors = true;
        return this;
    }

    public Task StopAsync() => Deadline.For(_app.StopAsync(), "the host to stop");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        await _app.DisposeAsync();
        if (!_expectsErrors)
        {
            Logs.Errors.Select(e => $"{e.Category}: {e.Message} {e.Exception}").ShouldBeEmpty();
        }
    }
}
