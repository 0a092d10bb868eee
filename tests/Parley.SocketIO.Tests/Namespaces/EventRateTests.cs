using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class EventRateTests
{
    private const string Error = "[{\"error\":{\"message\":\"Too many events\"}}]";

    private readonly FakeTimeProvider _time = new();
    private readonly Recorder<DisconnectReason> _ended = new();

    [Fact]
    public async Task What_is_too_much_is_refused_in_its_acknowledgement_and_time_brings_more()
    {
        await using var server = await StartAsync(rate: 2, burst: 3);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("421[\"e\"]", "422[\"e\"]", "423[\"e\"]", "424[\"e\"]");
        await ShouldReceiveAsync(client, "431[]", "432[]", $"433{Error}", $"434{Error}");
        _time.Advance(TimeSpan.FromSeconds(1.5));
        await client.SendAsync("425[\"e\"]", "426[\"e\"]");
        await ShouldReceiveAsync(client, "435[]", $"436{Error}");
    }

    [Fact]
    public async Task Who_goes_on_loses_the_connection()
    {
        await using var server = await StartAsync(rate: 1, burst: 3);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("421[\"e\"]", "422[\"e\"]", "423[\"e\"]", "424[\"e\"]", "425[\"e\"]", "426[\"e\"]");
        (await client.ReceiveToEndAsync()).ShouldAllBe(f => f.Text != "436" + Error);
        var reason = await _ended.NextAsync();
        (reason.Name, reason.Cause).ShouldBe(("forced close", DisconnectCause.TooManyEvents));
    }

    [Fact]
    public async Task Joining_and_leaving_counts_too()
    {
        await using var server = await StartAsync(rate: 1, burst: 2);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("41", "40", "41", "40");
        (await client.ReceiveAsync()).ShouldStartWith("40{");
        (await client.ReceiveAsync()).ShouldBe("44{\"message\":\"Too many events\"}");
    }

    [Fact]
    public async Task Acknowledgements_do_not_count()
    {
        await using var server = await StartAsync(rate: 1, burst: 2);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync([.. Enumerable.Range(100, 50).Select(i => (Frame)$"43{i}[]"), "421[\"e\"]"]);
        (await client.ReceiveAsync()).ShouldBe("431[]");
    }

    [Fact]
    public void Without_a_limit_everything_is_accepted()
    {
        var rate = new EventRate(new SocketIOOptions { EventBurst = 1 }, _time);
        Enumerable.Range(0, 1000).ShouldAllBe(_ => rate.Take() == EventRateDecision.Accept);
    }

    [Fact]
    public void A_long_silence_brings_no_more_than_the_burst_and_debts_are_paid_first()
    {
        var rate = new EventRate(new SocketIOOptions { MaxEventsPerSecond = 10, EventBurst = 2 }, _time);
        _time.Advance(TimeSpan.FromHours(1));
        EventRateDecision[] expected =
        [
            EventRateDecision.Accept, EventRateDecision.Accept, EventRateDecision.Refuse, EventRateDecision.Refuse, EventRateDecision.Close,
        ];
        expected.ShouldAllBe(decision => rate.Take() == decision);
        _time.Advance(TimeSpan.FromSeconds(0.35));
        rate.Take().ShouldBe(EventRateDecision.Refuse);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        rate.Take().ShouldBe(EventRateDecision.Accept);
    }

    /// <summary>In any order: a refusal does not wait behind the handlers of earlier events.</summary>
    private static async Task ShouldReceiveAsync(EngineClient client, params string[] packets)
    {
        List<string> received = [];
        while (received.Count < packets.Length)
        {
            received.Add(await client.ReceiveAsync());
        }

        received.ShouldBe(packets, ignoreOrder: true);
    }

    private Task<TestServer> StartAsync(int rate, int burst) => TestServer.StartAsync(
        o => (o.MaxEventsPerSecond, o.EventBurst) = (rate, burst),
        io => io.Of("/").OnConnection(s =>
        {
            s.On("e", e => { e.Ack(); });
            s.OnDisconnected(_ended.Add);
        }),
        _time);
}
