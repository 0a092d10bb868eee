using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Parley.Server.Webhooks;

/// <summary>Sends events to one receiver: in order for each room, again when it failed, and never more at once than it should have to bear.</summary>
internal sealed class WebhookReceiver(WebhookOptions options, WebhookServices services) : IAsyncDisposable
{
    /// <summary>The most events that wait for one receiver.</summary>
    public const int Capacity = 10_000;

    /// <summary>The most requests to one receiver at one time.</summary>
    public const int MaxAtOnce = 4;

    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lanes _lanes = new(Capacity);
    private readonly Channel<Turn> _ready = Channel.CreateUnbounded<Turn>();
    private readonly ConcurrentDictionary<ITimer, bool> _pauses = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _logLock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task[] _workers = [];
    private long? _loggedAt;
    private int _busy;
    private volatile bool _stopping;

    public int Count => _lanes.Count;

    public void Start() => _workers = [.. Enumerable.Range(0, MaxAtOnce).Select(_ => Task.Run(WorkAsync))];

    /// <summary>Queues an event. Called under the room's lock: nothing here waits.</summary>
    public void Queue(WebhookMessage message)
    {
        if (!_lanes.TryAdd(message, out var first))
        {
            Drop("full");
        }
        else if (first)
        {
            Begin(new(message.Happened.Room, Attempt: 1));
        }
    }

    /// <summary>Sends what can be sent at once, for a short while, and gives the rest up.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _stopping = true;
        if (Volatile.Read(ref _busy) == 0)
        {
            _drained.TrySetResult();
        }

        await Task.WhenAny(_drained.Task, Task.Delay(patience, services.Time, _stop.Token)).ConfigureAwait(false);
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        foreach (var pause in _pauses.Keys)
        {
            await pause.DisposeAsync();
        }

        if (_lanes.Count is var left and > 0)
        {
            services.Metrics.Dropped("stopped", left);
            services.Logger.WebhooksUnsent(left, Origin);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _stop.Dispose();
    }

    // The path may be a secret.
    private string Origin => options.Url.GetLeftPart(UriPartial.Authority);

    private void Begin(Turn turn)
    {
        Interlocked.Increment(ref _busy);
        _ready.Writer.TryWrite(turn);
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _busy) == 0 && _stopping)
        {
            _drained.TrySetResult();
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var turn in _ready.Reader.ReadAllAsync(_stop.Token))
            {
                await TakeAsync(turn);
                End();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TakeAsync(Turn turn)
    {
        var outcome = await services.Sender.SendAsync(options, _lanes.Head(turn.Room), _stop.Token);
        services.Metrics.Attempted(outcome);
        if (outcome == WebhookOutcome.Delivered)
        {
            Next(turn.Room);
        }
        else if (turn.Attempt >= Backoff.MaxAttempts)
        {
            Drop("failed");
            Next(turn.Room);
        }
        else
        {
            Pause(turn with { Attempt = turn.Attempt + 1 }, Backoff.After(turn.Attempt, services.Chance()));
        }
    }

    private void Next(string room)
    {
        if (_lanes.Advance(room))
        {
            Begin(new(room, Attempt: 1));
        }
    }

    private void Pause(Turn turn, TimeSpan length)
    {
        ITimer? timer = null;
        timer = services.Time.CreateTimer(
            _ =>
            {
                if (timer is not null && _pauses.TryRemove(timer, out var _))
                {
                    timer.Dispose();
                    Begin(turn);
                }
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

        // Set only now, so that it cannot ring before it is known.
        _pauses[timer] = true;
        timer.Change(length, Timeout.InfiniteTimeSpan);
    }

    private void Drop(string reason)
    {
        services.Metrics.Dropped(reason, 1);
        lock (_logLock)
        {
            var now = services.Time.GetTimestamp();
            if (_loggedAt is { } before && services.Time.GetElapsedTime(before, now) < LogInterval)
            {
                return;
            }

            _loggedAt = now;
        }

        services.Logger.WebhookDropped(Origin, reason);
    }

    /// <summary>A lane whose first event is to be sent.</summary>
    private sealed record Turn(string Room, int Attempt);
}

/// <summary>What all receivers share.</summary>
/// <param name="Sender">Makes the requests.</param>
/// <param name="Metrics">Counts.</param>
/// <param name="Chance">From 0 to 1.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record WebhookServices(
    WebhookSender Sender, WebhookMetrics Metrics, Func<double> Chance, TimeProvider Time, ILogger<WebhookReceiver> Logger);
