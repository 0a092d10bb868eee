using System.Text.Json.Nodes;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;
using Parley.Stun.Messages;

namespace Parley.Server.Tests.Turn;

public sealed class RevocationTests
{
    [Fact]
    public async Task Who_is_admitted_can_have_its_call_relayed_by_every_address_that_it_is_given()
    {
        await using var server = await StartAsync();
        await using var ada = await server.JoinAsync("room");
        var (stun, turn) = OwnServers(ada.Admitted["iceServers"]!);

        await using var curious = await TurnVisitor.ComeAsync((string)stun["urls"]![0]!);
        (await curious.BindAsync()).Mapped.ShouldNotBeNull();
        foreach (var url in turn["urls"]!.AsArray())
        {
            await using var visitor = await TurnVisitor.ComeAsync((string)url!);
            var answer = await visitor.AllocateAsync(turn);
            answer.Error.ShouldBeNull();
            answer.Relayed.ShouldNotBeNull().Address.ToString().ShouldBe("127.0.0.1");
        }
    }

    [Fact]
    public async Task With_the_seat_everything_ends_that_was_relayed_for_it_and_the_credentials_too()
    {
        await using var server = await StartAsync();
        await using var ada = await server.JoinAsync("room");
        await using var ben = await server.JoinAsync("room", "Ben");
        var (_, adas) = OwnServers(ada.Admitted["iceServers"]!);
        var (_, bens) = OwnServers(ben.Admitted["iceServers"]!);
        await using var visitor = await AllocateAsync(adas);
        await using var other = await AllocateAsync(bens);
        Allocations(server).ShouldBe(2);

        await ada.RequestAsync("leave");

        await Eventually.ShouldBeTrueAsync(() => Allocations(server) == 1);
        (await other.RefreshAsync(bens)).Error.ShouldBeNull();
        (await visitor.AllocateAsync(adas)).Error.ShouldBe(StunErrorCode.Unauthenticated);
        ((string?)(await ada.RequestAsync("iceServers"))["error"]!["code"]).ShouldBe("not-joined");
    }

    [Fact]
    public async Task Who_comes_back_after_leaving_has_credentials_of_its_own_again_and_not_the_old_ones()
    {
        await using var server = await StartAsync();
        await using var ada = await server.JoinAsync("room");
        var (_, before) = OwnServers(ada.Admitted["iceServers"]!);
        await ada.RequestAsync("leave");

        await ada.JoinAsync("room", "Ada", ada.Incarnation, ada.Seat);

        await using var visitor = await AllocateAsync(OwnServers(ada.Admitted["iceServers"]!).Turn);
        await using var late = await TurnVisitor.ComeAsync((string)before["urls"]![0]!);
        (await late.AllocateAsync(before)).Error.ShouldBe(StunErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task Who_does_not_come_back_in_time_is_relayed_for_no_longer()
    {
        await using var server = await StartAsync("--Parley:Rooms:GraceSeconds", "1");
        await using var ada = await server.JoinAsync("room");
        await using var visitor = await AllocateAsync(OwnServers(ada.Admitted["iceServers"]!).Turn);
        Allocations(server).ShouldBe(1);

        ada.Abort();

        await Eventually.ShouldBeTrueAsync(() => Allocations(server) == 0);
    }

    [Fact]
    public async Task Who_waits_has_no_credentials_and_who_is_removed_is_relayed_for_no_longer()
    {
        await using var server = await StartAsync();
        await using var ada = await server.JoinAsync("room");
        await ada.RequestAsync("doors", new JsonObject { ["waitingRoom"] = true });
        await using var ben = await server.ConnectAsync();
        await ben.WaitAsync("room", "Ben");
        server.Get<TurnAccounts>().Count.ShouldBe(1);
        ((string?)(await ben.RequestAsync("iceServers"))["error"]!["code"]).ShouldBe("not-joined");
        var id = (string)(await ada.ExpectSoonAsync("waiting"))["waiting"]![0]!["id"]!;
        await ada.RequestAsync("admit", new JsonObject { ["id"] = id });
        await ben.EnterAsync();
        server.Get<TurnAccounts>().Count.ShouldBe(2);
        var (_, bens) = OwnServers(ben.Admitted["iceServers"]!);
        await using var visitor = await AllocateAsync(bens);

        await ada.RequestAsync("remove", new JsonObject { ["id"] = id });

        await Eventually.ShouldBeTrueAsync(() => Allocations(server) == 0);
        (await visitor.AllocateAsync(bens)).Error.ShouldBe(StunErrorCode.Unauthenticated);
        server.Get<TurnAccounts>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_a_room_is_ended_nothing_is_relayed_for_anybody_in_it()
    {
        await using var server = await StartAsync();
        await using var ada = await server.JoinAsync("room");
        await using var ben = await server.JoinAsync("room", "Ben");
        await using var visitor = await AllocateAsync(OwnServers(ben.Admitted["iceServers"]!).Turn);

        await ada.RequestAsync("end");

        await Eventually.ShouldBeTrueAsync(() => Allocations(server) == 0);
        server.Get<TurnAccounts>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_seat_that_changes_its_connection_keeps_what_is_relayed_for_it()
    {
        await using var server = await StartAsync();
        await using var before = await server.JoinAsync("room");
        var (_, first) = OwnServers(before.Admitted["iceServers"]!);
        await using var visitor = await AllocateAsync(first);

        // The first connection is displaced, the second one lost.
        await using var between = await server.JoinAsync("room", seat: before.Seat);
        await before.EndAsync();
        between.Abort();
        await using var after = await server.JoinAsync("room", seat: before.Seat);

        after.Id.ShouldBe(before.Id);
        var (_, last) = OwnServers(after.Admitted["iceServers"]!);
        (await visitor.RefreshAsync(first)).Error.ShouldBeNull();
        Allocations(server).ShouldBe(1);
        await using var another = await AllocateAsync(last);
        Allocations(server).ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_looks_around_is_lent_a_few_allocations_until_it_ends()
    {
        await using var server = await StartAsync();
        await using var ada = await server.ConnectAsync();

        var answer = await ada.RequestAsync("diagnose");

        ((string?)answer["status"]).ShouldBe("ready");
        ((int)answer["expires"]!).ShouldBe(600);
        var (_, turn) = OwnServers(answer["iceServers"]!.AsArray());
        var visitors = new List<TurnVisitor>();
        for (var round = 0; round < Diagnoses.MaxAllocations; round++)
        {
            visitors.Add(await AllocateAsync(turn));
        }

        await using var tooMuch = await TurnVisitor.ComeAsync((string)turn["urls"]![0]!);
        (await tooMuch.AllocateAsync(turn)).Error.ShouldBe(StunErrorCode.AllocationQuotaReached);

        await ada.CloseAsync();

        await Eventually.ShouldBeTrueAsync(() => Allocations(server) == 0);
        (await tooMuch.AllocateAsync(turn)).Error.ShouldBe(StunErrorCode.Unauthenticated);
        foreach (var visitor in visitors)
        {
            await visitor.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_relayed_is_measured()
    {
        await using var server = await StartAsync();
        await using var ada = await server.JoinAsync("room");
        await using var visitor = await AllocateAsync(OwnServers(ada.Admitted["iceServers"]!).Turn);
        await using var liar = await TurnVisitor.ComeAsync((string)OwnServers(ada.Admitted["iceServers"]!).Turn["urls"]![0]!);
        await liar.AllocateAsync("1:nobody", "wrong");

        using var http = server.NewHttpClient();
        var text = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        text.ShouldSatisfyAllConditions(
            () => text.ShouldContain("\nparley_turn_allocations 1\n"),
            () => text.ShouldContain("\nparley_turn_allocations_made_total 1\n"),
            () => text.ShouldContain("\nparley_turn_relayed_packets_total{direction=\"to_peer\"} 0\n"),
            () => text.ShouldContain("\nparley_turn_relayed_bytes_total{direction=\"to_client\"} 0\n"),
            () => text.ShouldContain("\nparley_turn_peers_refused_total 0\n"),
            () => text.ShouldContain("\nparley_turn_authentication_failures_total 1\n"),
            () => text.ShouldContain("\nparley_turn_dropped_total{reason=\"malformed\"} 0\n"));
    }

    internal static Task<RunningServer> StartAsync(params string[] args) => RunningServer.StartAsync(["--Parley:Turn:Enabled", "true", .. args]);

    /// <summary>This server's own two, which come last.</summary>
    internal static (JsonNode Stun, JsonNode Turn) OwnServers(JsonNode iceServers)
    {
        var servers = (iceServers as JsonArray ?? iceServers["servers"]!).AsArray();
        return (servers[^2]!, servers[^1]!);
    }

    private static async Task<TurnVisitor> AllocateAsync(JsonNode turn)
    {
        var visitor = await TurnVisitor.ComeAsync((string)turn["urls"]![0]!);
        (await visitor.AllocateAsync(turn)).Error.ShouldBeNull();
        return visitor;
    }

    private static long Allocations(RunningServer server) => server.Get<TurnRelay>().Server!.Counters.Allocations;
}
