using System.Net;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task It_shows_what_happened_here_and_names_nobody()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Capacity", "2");
        await using var other = await RunningServer.StartAsync();
        await using var elsewhere = await other.JoinAsync("elsewhere");
        await using var ada = await server.JoinAsync("secret-room", "Ada");
        await using var ben = await server.JoinAsync("secret-room", "Ben");
        await using var cleo = await server.ConnectAsync();
        await cleo.RequestAsync("join", SignallingClient.Join("secret-room"));
        await ben.RequestAsync("offer", ben.Description(ada));
        await ben.RequestAsync("candidate", ben.Candidate(ben));
        await using var again = await server.JoinAsync("secret-room", "Ben", seat: ben.Seat);
        await again.CloseAsync();
        await ada.ExpectAsync("welcome");
        await ada.ExpectAsync("offer");
        await ada.ExpectAsync("welcome");
        await ada.ExpectAsync("away");

        // The size of the heap is known from the first collection on.
        GC.Collect(0);
        using var response = await GetAsync(server);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldSatisfyAllConditions(
            () => text.ShouldContain("\nparley_rooms 1\n"),
            () => text.ShouldContain("\nparley_participants 2\n"),
            () => text.ShouldContain("\nparley_participants_away 1\n"),
            () => text.ShouldContain("\nparley_joins_total{answer=\"admitted\"} 2\n"),
            () => text.ShouldContain("\nparley_joins_total{answer=\"returned\"} 1\n"),
            () => text.ShouldContain("\nparley_joins_total{answer=\"room-full\"} 1\n"),
            () => text.ShouldContain("\nparley_relayed_messages_total{outcome=\"delivered\",type=\"offer\"} 1\n"),
            () => text.ShouldContain("\nparley_relayed_messages_total{outcome=\"invalid\",type=\"candidate\"} 1\n"),
            () => text.ShouldContain("\nkestrel_active_connections{"),
            () => text.ShouldContain("\ndotnet_gc_last_collection_heap_size_bytes{"),
            () => text.ShouldContain("\ndotnet_process_cpu_time_seconds_total{"),
            () => text.ShouldNotContain("secret-room"),
            () => text.ShouldNotContain("Ada"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.1")]
    [InlineData("Forwarded", "for=203.0.113.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_passes_on_is_not_of_this_machine(string header, string value)
    {
        await using var server = await RunningServer.StartAsync();
        await using var open = await RunningServer.StartAsync("--Parley:Metrics:Public", "true");

        using var refused = await GetAsync(server, (header, value));
        using var answered = await GetAsync(open, (header, value));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Parley:Metrics:Public");
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> GetAsync(RunningServer server, params (string Name, string Value)[] headers)
    {
        using var http = server.NewHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
