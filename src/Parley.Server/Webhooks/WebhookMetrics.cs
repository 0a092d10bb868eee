using System.Diagnostics.Metrics;

namespace Parley.Server.Webhooks;

/// <summary>What is measured of webhooks: the meter <c>Parley.Webhooks</c>.</summary>
internal sealed class WebhookMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _dropped;

    public WebhookMetrics(IMeterFactory meterFactory)
    {
        // The factory owns its meters and disposes of them.
        _meter = meterFactory.Create("Parley.Webhooks");
        _attempts = _meter.CreateCounter<long>("parley.webhook_attempts", "{attempt}", "Requests to receivers of webhooks, by outcome.");
        _dropped = _meter.CreateCounter<long>("parley.webhook_events_dropped", "{event}", "Events that a receiver of webhooks will never hear of, by reason.");
    }

    public void Observe(Func<int> queued) =>
        _meter.CreateObservableUpDownCounter("parley.webhook_events_queued", queued, "{event}", "Events that wait for receivers of webhooks.");

    public void Attempted(WebhookOutcome outcome) => _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        WebhookOutcome.Delivered => "delivered",
        WebhookOutcome.Refused => "refused",
        WebhookOutcome.TimedOut => "timed-out",
        _ => "unreachable",
    }));

    /// <summary>Counts events that are lost.</summary>
    /// <param name="reason">"full": too many waited. "failed": all attempts did. "stopped": the server has.</param>
    /// <param name="count">How many.</param>
    public void Dropped(string reason, int count) => _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));
}
