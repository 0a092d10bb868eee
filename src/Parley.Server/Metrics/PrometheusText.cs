using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Parley.Server.Metrics;

/// <summary>The Prometheus text exposition format, version 0.0.4, with names made from OpenTelemetry's.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>"http.server.request.duration" in "s" becomes http_server_request_duration_seconds; counters end with _total.</summary>
    public static string MetricName(Instrument instrument)
    {
        var name = Name(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",

            // "1" is a ratio; "{room}" annotates a number of things.
            _ => null,
        };
        if (unit is not null && !name.EndsWith($"_{unit}", StringComparison.Ordinal))
        {
            name = $"{name}_{unit}";
        }

        var type = instrument.GetType().GetGenericTypeDefinition();
        return (type == typeof(Counter<>) || type == typeof(ObservableCounter<>)) && !name.EndsWith("_total", StringComparison.Ordinal)
            ? $"{name}_total"
            : name;
    }

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        var dropped = 0L;
        foreach (var family in families)
        {
            dropped += family.Dropped;
            Series[] all = [.. family.Series];
            if (all is [])
            {
                continue;
            }

            WriteHead(text, family.Name, family.Help, family.Type);
            foreach (var series in all)
            {
                WriteSeries(text, family.Name, series);
            }
        }

        const string DroppedName = "parley_metrics_dropped_measurements_total";
        WriteHead(text, DroppedName, "Measurements left out because their instrument has too many label sets.", MetricType.Counter);
        WriteSample(text, DroppedName, string.Empty, dropped);
        return text.ToString();
    }

    private static void WriteHead(StringBuilder text, string name, string help, MetricType type)
    {
        if (help.Length > 0)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help)).Append('\n');
        }

        var typeName = type switch
        {
            MetricType.Counter => "counter",
            MetricType.Histogram => "histogram",
            _ => "gauge",
        };
        text.Append("# TYPE ").Append(name).Append(' ').Append(typeName).Append('\n');
    }

    private static void WriteSeries(StringBuilder text, string name, Series series)
    {
        switch (series)
        {
            case SumSeries sum:
                WriteSample(text, name, series.Labels, sum.Value);
                break;
            case LastValueSeries last:
                WriteSample(text, name, series.Labels, last.Value);
                break;
            case HistogramSeries histogram:
                WriteHistogram(text, name, histogram);
                break;
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, HistogramSeries histogram)
    {
        var (counts, sum) = histogram.Snapshot();
        var separator = histogram.Labels.Length == 0 ? string.Empty : ",";
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            // Prometheus buckets are cumulative.
            total += counts[i];
            var bound = i < histogram.Bounds.Count ? Number(histogram.Bounds[i]) : "+Inf";
            WriteSample(text, $"{name}_bucket", $"{histogram.Labels}{separator}le=\"{bound}\"", total);
        }

        WriteSample(text, $"{name}_sum", histogram.Labels, sum);
        WriteSample(text, $"{name}_count", histogram.Labels, total);
    }

    private static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Name(string name) =>
        string.Create(name.Length, name, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = char.IsAsciiLetter(source[i]) || (char.IsAsciiDigit(source[i]) && i > 0) ? source[i] : '_';
            }
        });

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
