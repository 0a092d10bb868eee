using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class HandedOutTests
{
    [Fact]
    public async Task Configured_servers_come_first_and_this_one_after_them()
    {
        await using var server = await RevocationTests.StartAsync(
            "--Parley:IceServers:0:Urls", "turn:example.org", "--Parley:IceServers:0:Secret", "north", "--Parley:IceServers:0:TtlSeconds", "86400",
            "--Parley:Turn:TtlSeconds", "600");
        await using var ada = await server.JoinAsync("room");
        var list = ada.Admitted["iceServers"]!;
        var port = server.Get<TurnRelay>().Service!.Port;

        list["servers"]!.AsArray().Select(one => one!["urls"]!.ToJsonString()).ShouldBe(
        [
            """["turn:example.org"]""",
            $"""["stun:127.0.0.1:{port}"]""",
            $"""["turn:127.0.0.1:{port}?transport=udp","turn:127.0.0.1:{port}?transport=tcp"]""",
        ]);
        var (stun, turn) = RevocationTests.OwnServers(list);
        stun["username"].ShouldBeNull();
        ((string?)turn["username"])!.ShouldEndWith($":{ada.Id}");
        var now = server.Get<TimeProvider>().GetUtcNow();
        ((long)list["expiresAt"]!).ShouldBeInRange(now.AddSeconds(500).ToUnixTimeMilliseconds(), now.AddSeconds(601).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Who_asks_again_gets_credentials_of_the_same_seat()
    {
        await using var server = await RevocationTests.StartAsync();
        await using var ada = await server.JoinAsync("room");

        var again = await ada.RequestAsync("iceServers");

        ((string?)RevocationTests.OwnServers(again["iceServers"]!).Turn["username"])!.ShouldEndWith($":{ada.Id}");
    }

    [Theory]
    [InlineData("meet.example.org", null, "meet.example.org")]
    [InlineData("192.168.77.5:8080", null, "192.168.77.5")]
    [InlineData("[fd00::77]:8080", null, "[fd00::77]")]
    [InlineData("localhost:8080", null, "127.0.0.1")]
    [InlineData("meet.example.org", "203.0.113.9", "198.51.100.7")]
    public async Task The_host_is_the_one_by_which_the_client_has_come(string host, string? forwardedFor, string expected)
    {
        await using var server = await RevocationTests.StartAsync("--Parley:Proxies", "loopback", "--Parley:Turn:External", "198.51.100.7");
        (string, string)[] proxy = forwardedFor is null ? [] : [("X-Forwarded-For", forwardedFor)];
        await using var ada = await SignallingClient.ConnectAsync(server.Address, [("Host", host), .. proxy]);

        await ada.JoinAsync("room");

        var (stun, _) = RevocationTests.OwnServers(ada.Admitted["iceServers"]!);
        ((string?)stun["urls"]![0]).ShouldBe($"stun:{expected}:{server.Get<TurnRelay>().Service!.Port}");
    }

    [Fact]
    public async Task A_host_that_a_proxy_restores_is_the_one_that_the_client_has_come_by()
    {
        await using var server = await RevocationTests.StartAsync("--Parley:Proxies", "loopback");
        await using var ada = await SignallingClient.ConnectAsync(
            server.Address, ("Host", "127.0.0.1:8080"), ("X-Forwarded-Host", "meet.example.org"), ("X-Forwarded-For", "203.0.113.9"));

        await ada.JoinAsync("room");

        // Unless this machine has an address that is better known.
        var relay = server.Get<TurnRelay>().Service!;
        var (stun, _) = RevocationTests.OwnServers(ada.Admitted["iceServers"]!);
        ((string?)stun["urls"]![0]).ShouldBe(relay.Source == ExternalSource.Own
            ? $"stun:{relay.Relays[0].External}:{relay.Port}"
            : $"stun:meet.example.org:{relay.Port}");
    }

    [Fact]
    public async Task What_listens_for_this_machine_only_is_not_handed_out_to_others()
    {
        await using var server = await RevocationTests.StartAsync();
        await using var ada = await SignallingClient.ConnectAsync(server.Address, ("Host", "meet.example.org"));

        await ada.JoinAsync("room");

        ada.Admitted["iceServers"]!.ToJsonString().ShouldBe("""{"servers":[],"expiresAt":null}""");
    }

    [Fact]
    public async Task Switched_off_it_is_neither_there_nor_handed_out()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync("room");

        ada.Admitted["iceServers"]!.ToJsonString().ShouldBe("""{"servers":[],"expiresAt":null}""");
        server.Get<TurnRelay>().Server.ShouldBeNull();
        var answer = await ada.RequestAsync("diagnose");
        answer.ToJsonString().ShouldBe("""{"status":"ready","iceServers":[],"expires":600}""");
    }

    [Fact]
    public async Task Who_looks_around_too_often_is_refused_for_a_while()
    {
        await using var server = await RevocationTests.StartAsync();
        await using var ada = await server.ConnectAsync();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < VisitRate.Max; round++)
        {
            var answer = await ada.RequestAsync("diagnose");
            ((string?)answer["status"]).ShouldBe("ready");
            names.Add(((string)RevocationTests.OwnServers(answer["iceServers"]!.AsArray()).Turn["username"]!).Split(':')[1]);
        }

        var refused = await ada.RequestAsync("diagnose");

        (refused["status"]!.ToString(), refused["reason"]!.ToString()).ShouldBe(("refused", "rate"));
        names.ShouldHaveSingleItem();
    }
}
