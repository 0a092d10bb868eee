using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Parley.Server.Metrics;

/// <summary>One instrument and its series. Labels come from what strangers do, so the number of series is bounded.</summary>
internal sealed class MetricFamily
{
    public const int MaxSeries = 200;

    // The OpenTelemetry default for durations in seconds, for histograms that advise nothing.
    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly Func<string, Series> _newSeries;
    private long _dropped;

    public MetricFamily(Instrument instrument)
    {
        Name = PrometheusText.MetricName(instrument);
        Help = instrument.Description ?? string.Empty;
        Type = TypeOf(instrument);
        _newSeries = (Type, instrument.IsObservable) switch
        {
            (MetricType.Histogram, _) => HistogramFactory(instrument),
            (MetricType.Gauge, false) when instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>) => static labels => new LastValueSeries(labels),
            (_, true) => static labels => new LastValueSeries(labels),
            _ => static labels => new SumSeries(labels),
        };
    }

    public string Name { get; }

    public string Help { get; }

    public MetricType Type { get; }

    /// <summary>Measurements that were refused a series of their own.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public IEnumerable<Series> Series => _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelSet.Write(tags);
        if (!_series.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(labels, out var series))
        {
            // Threads that race here may pass the bound by as many: it is a bound on memory, not a promise of a number.
            if (_series.Count >= MaxSeries)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            series = _series.GetOrAdd(labels.ToString(), _newSeries);
        }

        series.Record(measurement);
    }

    private static MetricType TypeOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricType.Counter
            : type == typeof(Histogram<>) ? MetricType.Histogram
            : MetricType.Gauge;
    }

    private static Func<string, Series> HistogramFactory(Instrument instrument)
    {
        var bounds = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => advised.ToArray(),
            Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(bound => (double)bound)],
            Histogram<int> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(bound => (double)bound)],
            _ => DefaultBounds,
        };
        return labels => new HistogramSeries(labels, bounds);
    }
}

internal enum MetricType
{
    Counter,
    Gauge,
    Histogram,
}
