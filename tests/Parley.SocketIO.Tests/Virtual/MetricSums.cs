using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;

namespace Parley.SocketIO.Tests.Virtual;

/// <summary>What one server has counted since this began to listen, by instrument and tag.</summary>
internal sealed class MetricSums : IDisposable
{
    private readonly Dictionary<string, long> _sums = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public MetricSums(TestServer server)
    {
        // Only this server's meter: other tests run beside this one.
        var factory = server.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Parley.SocketIO" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var key = instrument.Name;
            foreach (var tag in tags)
            {
                key += " " + tag.Value;
            }

            lock (_sums)
            {
                _sums[key] = _sums.GetValueOrDefault(key) + value;
            }
        });
        _listener.Start();
    }

    /// <summary>The sum of one instrument's measurements.</summary>
    /// <param name="name">The instrument, without <c>socketio.server.</c></param>
    /// <param name="tag">The value of its tag; empty if it has none.</param>
    public long Of(string name, string tag = "")
    {
        lock (_sums)
        {
            return _sums.GetValueOrDefault($"socketio.server.{name} {tag}".TrimEnd());
        }
    }

    public void Dispose() => _listener.Dispose();
}
