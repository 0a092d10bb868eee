using System.Diagnostics.Metrics;
using Parley.Server.Metrics;

namespace Parley.Server.Tests.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new("Test");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void A_counter_is_written_with_help_type_and_sorted_labels()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("parley.joins", "{join}", "Answers to join,\nby \\answer."));
        family.Record(2, [new("b", "x"), new("a", 1)]);
        family.Record(3, [new("a", 1), new("b", "x")]);
        family.Record(1, [new("a", true), new("b", null)]);

        ShouldBegin(family, """
            # HELP parley_joins_total Answers to join,\nby \\answer.
            # TYPE parley_joins_total counter
            parley_joins_total{a="1",b="x"} 5
            parley_joins_total{a="true",b=""} 1
            """);
    }

    [Fact]
    public void Label_values_are_escaped_and_names_made_valid()
    {
        var family = new MetricFamily(_meter.CreateCounter<int>("n"));
        family.Record(1, [new("http.route", "a\\b\"c\nd"), new("1st", "é")]);

        ShouldBegin(family, """
            # TYPE n_total counter
            n_total{_st="é",http_route="a\\b\"c\nd"} 1
            """);
    }

    [Fact]
    public void A_histogram_is_cumulative_and_ends_with_infinity()
    {
        var family = new MetricFamily(_meter.CreateHistogram(
            "request.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] }));
        foreach (var value in (double[])[0.25, 0.5, 0.75, 4])
        {
            family.Record(value, [new("m", "GET")]);
        }

        ShouldBegin(family, """
            # TYPE request_duration_seconds histogram
            request_duration_seconds_bucket{m="GET",le="0.5"} 2
            request_duration_seconds_bucket{m="GET",le="1"} 3
            request_duration_seconds_bucket{m="GET",le="+Inf"} 4
            request_duration_seconds_sum{m="GET"} 5.5
            request_duration_seconds_count{m="GET"} 4
            """);
    }

    [Fact]
    public void Up_down_counters_sum_up_gauges_and_observed_totals_stand_as_last_told()
    {
        Instrument[] instruments =
        [
            _meter.CreateUpDownCounter<long>("active"),
            _meter.CreateGauge<double>("level", "By"),
            _meter.CreateObservableCounter("observed", () => 0L),
            _meter.CreateObservableUpDownCounter("rooms", () => 0L),
        ];
        var families = Array.ConvertAll(instruments, instrument => new MetricFamily(instrument));
        foreach (var family in families)
        {
            family.Record(5, []);
            family.Record(-2.5, []);
        }

        PrometheusText.Write(families).ShouldStartWith(Lines("""
            # TYPE active gauge
            active 2.5
            # TYPE level_bytes gauge
            level_bytes -2.5
            # TYPE observed_total counter
            observed_total -2.5
            # TYPE rooms gauge
            rooms -2.5
            """));
    }

    [Fact]
    public void What_strangers_make_up_cannot_make_more_series_than_allowed()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("n"));
        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++)
        {
            family.Record(1, [new("route", $"/{i}")]);
        }

        family.Record(1, [new("route", "/0")]);

        family.Series.Count().ShouldBe(MetricFamily.MaxSeries);
        var text = PrometheusText.Write([family]);
        text.ShouldContain("n_total{route=\"/0\"} 2\n");
        text.ShouldEndWith("parley_metrics_dropped_measurements_total 50\n");
    }

    [Fact]
    public void A_known_label_set_costs_no_allocation()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("n"));
        KeyValuePair<string, object?>[] tags = [new("type", "offer"), new("outcome", "delivered")];
        family.Record(1, tags);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            family.Record(1, tags);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Measurements_of_many_threads_all_count()
    {
        var counter = new MetricFamily(_meter.CreateCounter<long>("n"));
        var histogram = new MetricFamily(_meter.CreateHistogram<double>("h"));

        Parallel.For(0, 20_000, i =>
        {
            counter.Record(1, []);
            histogram.Record(i % 3, []);
        });

        PrometheusText.Write([counter]).ShouldContain("n_total 20000\n");
        PrometheusText.Write([histogram]).ShouldContain("h_count 20000\n");
    }

    private static void ShouldBegin(MetricFamily family, string expected) => PrometheusText.Write([family]).ShouldStartWith(Lines(expected));

    private static string Lines(string text) => $"{text}\n# HELP parley_metrics_dropped";
}
