namespace Parley.Server.Metrics;

/// <summary>The measurements of one instrument under one set of labels.</summary>
internal abstract class Series(string labels)
{
    /// <summary>As they stand between the braces of the text format, escaped; empty when there are none.</summary>
    public string Labels { get; } = labels;

    public abstract void Record(double measurement);
}

/// <summary>What is summed up: counters and up-down counters.</summary>
internal sealed class SumSeries(string labels) : Series(labels)
{
    private double _sum;

    public double Value => Volatile.Read(ref _sum);

    public override void Record(double measurement)
    {
        var seen = Volatile.Read(ref _sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + measurement, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }
}

/// <summary>What is told anew each time: gauges, and observable instruments, whose measurements are totals.</summary>
internal sealed class LastValueSeries(string labels) : Series(labels)
{
    private double _value;

    public double Value => Volatile.Read(ref _value);

    public override void Record(double measurement) => Volatile.Write(ref _value, measurement);
}

/// <summary>A distribution over fixed buckets.</summary>
internal sealed class HistogramSeries(string labels, double[] bounds) : Series(labels)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    /// <summary>Upper bounds, inclusive and ascending; whatever is larger falls into one more bucket.</summary>
    public IReadOnlyList<double> Bounds => bounds;

    public override void Record(double measurement)
    {
        var index = Array.BinarySearch(bounds, measurement);
        lock (_lock)
        {
            _counts[index < 0 ? ~index : index]++;
            _sum += measurement;
        }
    }

    public (long[] Counts, double Sum) Snapshot()
    {
        lock (_lock)
        {
            return ([.. _counts], _sum);
        }
    }
}
