using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Parley.Server.Metrics;

/// <summary>Listens to the meters worth showing and holds what they measured, for <c>/metrics</c> to print.</summary>
internal sealed class MetricCollector : IDisposable
{
    // Of the framework's meters, the few that answer an operator's questions: is it busy, is it slow, does it refuse connections,
    // what does it cost.
    private static readonly HashSet<string> FrameworkInstruments = new(StringComparer.Ordinal)
    {
        "http.server.active_requests",
        "http.server.request.duration",
        "kestrel.active_connections",
        "kestrel.rejected_connections",
        "dotnet.process.cpu.time",
        "dotnet.process.memory.working_set",
        "dotnet.gc.heap.total_allocated",
        "dotnet.gc.last_collection.heap.size",
    };

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meterFactory">Whose meters to listen to: another server in this process has its own.</param>
    public MetricCollector(IMeterFactory meterFactory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsWanted(instrument, meterFactory))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, published => new(published)));
            }
        };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        _listener.Start();
    }

    public string Collect()
    {
        _listener.RecordObservableInstruments();
        return PrometheusText.Write(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsWanted(Instrument instrument, IMeterFactory meterFactory)
    {
        var meter = instrument.Meter;
        if (meter.Name == "System.Runtime")
        {
            return FrameworkInstruments.Contains(instrument.Name);
        }

        return ReferenceEquals(meter.Scope, meterFactory)
            && (meter.Name.StartsWith("Parley.", StringComparison.Ordinal)
                || (meter.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) && FrameworkInstruments.Contains(instrument.Name)));
    }

    private static void Record(object? family, double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(measurement, tags);
}
