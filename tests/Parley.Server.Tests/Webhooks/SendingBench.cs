using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Metrics;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;
using Parley.Server.Webhooks;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Parley.Server.Tests.Webhooks;

/// <summary>One receiver in virtual time, whose requests are real.</summary>
internal sealed class SendingBench : IAsyncDisposable
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricCollector _collector;
    private readonly WebhookSender _sender;

    public SendingBench(Uri url, params string[] secrets)
    {
        _collector = new(_provider.GetRequiredService<IMeterFactory>());
        _sender = new(Time);
        var keys = secrets.DefaultIfEmpty(Listener.Secret).Select(secret => Convert.FromBase64String(secret["whsec_".Length..]));
        Receiver = new(
            new(url, [.. keys]),
            new(_sender, new(_provider.GetRequiredService<IMeterFactory>()), static () => 1, Time, Logger));
        Receiver.Start();
    }

    public ManualTime Time { get; } = new();

    public RecordingLogger<WebhookReceiver> Logger { get; } = new();

    public WebhookReceiver Receiver { get; }

    public void Open(string room) => Receiver.Queue(WebhookMessage.Of(new RoomEvent.Opened(room, Time.Now)));

    public void End(string room) => Receiver.Queue(WebhookMessage.Of(new RoomEvent.Ended(room, Time.Now)));

    public int Attempts(string outcome) => Count($"parley_webhook_attempts_total{{outcome=\"{outcome}\"}}");

    public int Dropped(string reason) => Count($"parley_webhook_events_dropped_total{{reason=\"{reason}\"}}");

    /// <summary>Waits until so many attempts have ended so, and as many lanes pause.</summary>
    public Task FailAsync(string outcome, int attempts, int pauses = 1) => Eventually.ShouldBeTrueAsync(
        () => Attempts(outcome) == attempts && Time.TimerCount == pauses, $"{attempts} {outcome}, {pauses} pauses");

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        _sender.Dispose();
        _collector.Dispose();
        await _provider.DisposeAsync();
    }

    private int Count(string series) => _collector.Collect().Split('\n')
        .Where(line => line.StartsWith($"{series} ", StringComparison.Ordinal))
        .Sum(line => int.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture));
}
