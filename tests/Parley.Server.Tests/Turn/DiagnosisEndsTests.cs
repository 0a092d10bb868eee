using System.Text.Json.Nodes;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

/// <summary>However a connection ends that looks around, nothing of what it was lent is left.</summary>
public sealed class DiagnosisEndsTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RevocationTests.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_connection_that_dies_leaves_nothing()
    {
        await using var ada = await _server.ConnectAsync();
        await using var visitor = await AllocateAsync(await DiagnoseAsync(ada));
        Held().ShouldBe((1, 1, 1));

        ada.Abort();

        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task A_connection_that_is_displaced_from_its_seat_keeps_nothing_and_the_seat_everything()
    {
        await using var before = await _server.JoinAsync("room");
        await using var seats = await AllocateAsync(RevocationTests.OwnServers(before.Admitted["iceServers"]!).Turn);
        await using var visitor = await AllocateAsync(await DiagnoseAsync(before));
        Held().ShouldBe((1, 2, 2));

        await using var after = await _server.JoinAsync("room", seat: before.Seat);
        await before.EndAsync();

        await Eventually.ShouldBeTrueAsync(() => Held() == (0, 1, 1));
        (await seats.RefreshAsync(RevocationTests.OwnServers(before.Admitted["iceServers"]!).Turn)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_seat_that_is_left_takes_nothing_from_a_test_on_its_connection_and_the_other_way_round()
    {
        await using var ada = await _server.JoinAsync("room");
        await using var visitor = await AllocateAsync(await DiagnoseAsync(ada));

        await ada.RequestAsync("leave");

        await Eventually.ShouldBeTrueAsync(() => Held() == (1, 1, 1));
        await ada.CloseAsync();
        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task However_often_one_connection_asks_it_has_one_account()
    {
        await using var ada = await _server.ConnectAsync();
        var visitors = new List<TurnVisitor>();
        for (var round = 0; round < 5; round++)
        {
            visitors.Add(await AllocateAsync(await DiagnoseAsync(ada)));
        }

        Held().ShouldBe((1, 1, 5));
        await ada.CloseAsync();

        await ShouldHoldNothingAsync();
        foreach (var visitor in visitors)
        {
            await visitor.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_is_refused_is_lent_nothing_and_may_come_when_another_has_gone()
    {
        var open = new List<SignallingClient>();
        for (var number = 0; number < Diagnoses.MaxOpenPerAddress; number++)
        {
            open.Add(await _server.ConnectAsync());
            await DiagnoseAsync(open[^1]);
        }

        await using var late = await _server.ConnectAsync();
        var refused = await late.RequestAsync("diagnose");

        refused.ToJsonString().ShouldBe(
            """{"status":"refused","reason":"address","message":"As many as may are looking from this address; try again when one has ended."}""");
        Held().ShouldBe((Diagnoses.MaxOpenPerAddress, Diagnoses.MaxOpenPerAddress, 0));
        open[0].Abort();
        await Eventually.ShouldBeTrueAsync(() => Held().Open < Diagnoses.MaxOpenPerAddress);
        await DiagnoseAsync(late);
        foreach (var client in open)
        {
            await client.DisposeAsync();
        }

        await late.CloseAsync();
        await ShouldHoldNothingAsync();
    }

    [Fact]
    public async Task Those_who_ask_and_go_at_once_leave_nothing()
    {
        for (var round = 0; round < VisitRate.Max; round++)
        {
            await using var hasty = await _server.ConnectAsync();
            await hasty.SendRawAsync("""["diagnose"]""");
            if (round % 2 == 0)
            {
                hasty.Abort();
            }
            else
            {
                await hasty.CloseAsync();
            }
        }

        // When all connections are over, so is what was begun for them.
        await Eventually.ShouldBeTrueAsync(() => _server.ActiveConnections == 0);
        await ShouldHoldNothingAsync();
    }

    private static async Task<JsonNode> DiagnoseAsync(SignallingClient client)
    {
        var answer = await client.RequestAsync("diagnose");
        ((string?)answer["status"]).ShouldBe("ready", answer.ToJsonString());
        return RevocationTests.OwnServers(answer["iceServers"]!.AsArray()).Turn;
    }

    private static async Task<TurnVisitor> AllocateAsync(JsonNode turn)
    {
        var visitor = await TurnVisitor.ComeAsync((string)turn["urls"]![0]!);
        (await visitor.AllocateAsync(turn)).Error.ShouldBeNull();
        return visitor;
    }

    private (int Open, int Accounts, long Allocations) Held() =>
        (_server.Get<Diagnoses>().Count, _server.Get<TurnAccounts>().Count, _server.Get<TurnRelay>().Server!.Counters.Allocations);

    private Task ShouldHoldNothingAsync() => Eventually.ShouldBeTrueAsync(() => Held() == (0, 0, 0));
}
