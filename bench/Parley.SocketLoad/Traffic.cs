using System.Diagnostics;
using System.Text;

namespace Parley.SocketLoad;

/// <summary>Messages to the server and back: first to warm it up, then counted. Every answer is checked.</summary>
internal abstract class Traffic : IDisposable
{
    private const int MaxOutstanding = 100_000;

    // Both runtimes compile what runs often again, in the background; on a machine that is busy otherwise time alone says nothing.
    private const int WarmUpMessages = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxWarmUp = TimeSpan.FromMinutes(2);

    private readonly Latencies _latencies = new();
    private Schedule? _schedule;
    private Phase _phase;
    private int _outstanding;
    private int _next;
    private long _completed;

    protected Traffic(LoadOptions options)
    {
        Options = options;
        Crowd = new Crowd(options, (client, isBinary, message) => Handle(client, isBinary, message));
    }

    private enum Phase
    {
        WarmUp,
        Measurement,
        Rest,
    }

    protected LoadOptions Options { get; }

    protected Crowd Crowd { get; }

    /// <summary>How many clients send.</summary>
    protected abstract int Senders { get; }

    /// <summary>How much one message counts.</summary>
    protected virtual int Weight => 1;

    /// <summary>Runs to the end; what it has cost.</summary>
    /// <exception cref="LoadFailedException">An answer was wrong, or did not come.</exception>
    public Report Run()
    {
        Crowd.Open(Options.Connections);
        Prepare();
        if (Options.Rate > 0)
        {
            _schedule = new Schedule(Options.Rate);
        }
        else
        {
            for (var i = 0; i < Senders * Options.Window; i++)
            {
                Begin(i % Senders, Stopwatch.GetTimestamp());
            }
        }

        PumpFor(Options.WarmUp, Options.Rate > 0 ? 0 : WarmUpMessages / Weight);
        (_phase, _completed) = (Phase.Measurement, 0);
        var measurement = new Measurement(Options);
        PumpFor(Options.Time, messages: 0);
        var report = measurement.Report(_completed * Weight, _latencies);
        _phase = Phase.Rest;
        PumpUntil(() => _outstanding == 0, "have no answer");
        Crowd.Close();
        return report;
    }

    public void Dispose() => Crowd.Dispose();

    /// <summary>What must be before the first message.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Sends one message.</summary>
    /// <param name="sender">Which of the clients.</param>
    /// <param name="due">When it was due, as <see cref="Stopwatch"/> counts.</param>
    protected abstract void Send(int sender, long due);

    /// <summary>The server has said something.</summary>
    protected abstract void Handle(Client client, bool isBinary, ReadOnlySpan<byte> message);

    /// <summary>All answers to a message have come.</summary>
    protected void Complete(int sender, long due)
    {
        _outstanding--;
        _completed++;
        if (_phase == Phase.Measurement)
        {
            _latencies.Add(Stopwatch.GetElapsedTime(due));
        }

        if (_schedule is null && _phase != Phase.Rest)
        {
            Begin(sender, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Handles what comes until a condition holds.</summary>
    protected void PumpUntil(Func<bool> condition, string otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Crowd.Pump(milliseconds: 10);
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new LoadFailedException($"{_outstanding} messages {otherwise}.");
            }
        }
    }

    /// <summary>For an answer that is not what it must be.</summary>
    protected static LoadFailedException Wrong(Client client, ReadOnlySpan<byte> message) =>
        new($"Client {client.Index} was told, after its last right answer: {Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)])}");

    private void PumpFor(TimeSpan time, int messages)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) is var elapsed && (elapsed < time || (_completed < messages && elapsed < MaxWarmUp)))
        {
            while (_schedule is { } schedule && schedule.TryNext(out var due))
            {
                Begin(_next, due);
                _next = (_next + 1) % Senders;
            }

            // With a schedule it does not sleep: a millisecond is longer than what is measured.
            Crowd.Pump(_schedule is null ? 10 : 0);
        }
    }

    private void Begin(int sender, long due)
    {
        if (++_outstanding > MaxOutstanding)
        {
            throw new LoadFailedException($"The server does not keep up with {Options.Rate} messages per second.");
        }

        Send(sender, due);
    }
}
