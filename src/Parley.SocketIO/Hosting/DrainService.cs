using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Hosting;

/// <summary>
/// Drains the server when the host stops, before the host closes its ports. The host tells that it stops first, by
/// <see cref="IHostApplicationLifetime.ApplicationStopping"/> or by calling this, whichever comes first.
/// </summary>
internal sealed partial class DrainService(
    EngineServer engine, IHostApplicationLifetime lifetime, IOptions<HostOptions> host, ILogger<SocketServer> logger)
    : IHostedLifecycleService
{
    // What is left of the host's time is for its other services.
    private const double ShareOfHost = 0.8;

    private readonly SocketIOOptions _options = engine.Options;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(engine.BeginStopping);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var hostLimit = host.Value.ShutdownTimeout == Timeout.InfiniteTimeSpan
            ? TimeSpan.MaxValue
            : host.Value.ShutdownTimeout * ShareOfHost;
        var limit = Min(_options.DrainDuration + _options.DrainGrace, hostLimit);
        var spread = Min(_options.DrainDuration, limit - Min(_options.DrainGrace, limit / 4));
        Draining(logger, engine.Occupancy.Sessions, spread);
        await new EngineDrain(engine, spread, limit).RunAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // For hosts that do not know how to call the above.
        engine.Stop();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(15, LogLevel.Debug, "The host stops: {Sessions} sessions are ended over {Spread}.")]
    private static partial void Draining(ILogger logger, int sessions, TimeSpan spread);
}
