using Parley.Server.Rooms;

namespace Parley.Server.Webhooks;

/// <summary>Tells other applications what happens in rooms. docs/api.md says how.</summary>
internal sealed class WebhookService : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly WebhookReceiver[] _receivers;

    public WebhookService(IReadOnlyList<WebhookOptions> options, RoomDirectory rooms, WebhookServices services)
    {
        _receivers = [.. options.Select(receiver => new WebhookReceiver(receiver, services))];
        services.Metrics.Observe(() => _receivers.Sum(receiver => receiver.Count));
        rooms.WhenSomethingHappens(Tell);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var receiver in _receivers)
        {
            receiver.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_receivers.Select(receiver => receiver.StopAsync(DrainTime)));

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers)
        {
            await receiver.DisposeAsync();
        }
    }

    private void Tell(RoomEvent happened)
    {
        // One id for all receivers.
        var message = WebhookMessage.Of(happened);
        foreach (var receiver in _receivers)
        {
            receiver.Queue(message);
        }
    }
}

/// <summary>Adds webhooks, if a receiver is configured.</summary>
internal static class WebhookRegistration
{
    public static void AddWebhooks(this IServiceCollection services, IReadOnlyList<WebhookOptions> options)
    {
        if (options.Count == 0)
        {
            return;
        }

        services.AddSingleton(options);
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton(provider => new WebhookServices(
            provider.GetRequiredService<WebhookSender>(),
            provider.GetRequiredService<WebhookMetrics>(),
            Random.Shared.NextDouble,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookReceiver>>()));
        services.AddHostedService<WebhookService>();
    }
}
