using System.Text.Json.Nodes;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class RestartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_room_comes_back_as_it_was_when_the_server_was_killed()
    {
        await using var before = await MortalServer.StartAsync(_folder);
        await using var ada = await before.JoinAsync("room", "Ada", incarnation: 3);
        await using var ben = await before.JoinAsync("room", "Ben", incarnation: 4);
        await before.KillAsync();
        await ada.EndAsync();

        // The later one is back first, somebody new comes between, and one has reloaded its page.
        await using var after = await MortalServer.StartAsync(_folder);
        await using var benAgain = await after.JoinAsync("room", "Ben", incarnation: 4, ben.Seat);
        await using var cleo = await after.JoinAsync("room", "Cleo");
        await using var adaAgain = await after.JoinAsync("room", "Ada", incarnation: 5, ada.Seat);
        await using var dan = await after.JoinAsync("room", "Dan");

        (adaAgain.Id, benAgain.Id).ShouldBe((ada.Id, ben.Id));
        Found(benAgain).ShouldBeEmpty();
        Found(cleo).ShouldBe("Ben");
        Found(adaAgain).ShouldBe("Ben, Cleo");
        Found(dan).ShouldBe("Ada, Ben, Cleo");
        ((string?)(await benAgain.ExpectAsync("welcome"))["participant"]!["name"]).ShouldBe("Cleo");
        ((string?)(await benAgain.ExpectAsync("welcome"))["participant"]!["id"]).ShouldBe(ada.Id);
    }

    [Fact]
    public async Task Roles_and_doors_survive_a_kill_and_an_old_token_of_a_host_does_not_bring_back_its_role()
    {
        await using var before = await MortalServer.StartAsync(_folder);
        await using var ada = await before.JoinAsync("room", "Ada", incarnation: 3);
        await using var ben = await before.JoinAsync("room", "Ben", incarnation: 4);
        await using var eve = await before.JoinAsync("room", "Eve", incarnation: 5);
        await ada.DoAsync("doors", JsonNode.Parse("""{"passcode":"sesame"}"""));
        await ada.DoAsync("remove", new JsonObject { ["id"] = eve.Id });
        await ada.DoAsync("handOver", new JsonObject { ["to"] = ben.Id });
        var seat = string.Empty;
        for (var change = 0; change < 3; change++)
        {
            seat = (string)(await ben.ExpectSoonAsync("seat"))["seat"]!;
        }

        await before.KillAsync();
        await using var after = await MortalServer.StartAsync(_folder);
        await using var adaAgain = await after.JoinAsync("room", "Ada", incarnation: 3, ada.Seat);
        await using var benAgain = await after.JoinAsync("room", "Ben", incarnation: 4, seat);
        await using var eveAgain = await SignallingClient.ConnectAsync(after.Address);
        await using var cleo = await SignallingClient.ConnectAsync(after.Address);

        (benAgain.Id, (string?)benAgain.Admitted["self"]!["role"]).ShouldBe((ben.Id, "host"));
        (await adaAgain.FailAsync("end")).ShouldBe("not-joined");
        ((string?)(await adaAgain.ExpectSoonAsync("removed"))["reason"]).ShouldBe("restored");
        foreach (var join in (JsonObject[])[SignallingClient.Join("room", "Eve", 5, eve.Seat), SignallingClient.Join("room", "Cleo")])
        {
            ((string?)(await cleo.RequestAsync("join", join))["reason"]).ShouldBe("passcode-required");
            join["passcode"] = "sesame";
            ((string?)(await eveAgain.RequestAsync("join", join))["status"]).ShouldBe("admitted");
            await eveAgain.RequestAsync("leave");
        }
    }

    [Fact]
    public async Task A_room_comes_back_as_it_was_when_the_server_was_stopped_and_started()
    {
        string seat, id;
        await using (var before = await RunningServer.StartAsync("--Parley:DataFolder", _folder.File("data")))
        {
            await using var ada = await before.JoinAsync("room", incarnation: 5);
            (seat, id) = (ada.Seat, ada.Id);
        }

        await using var after = await RunningServer.StartAsync("--Parley:DataFolder", _folder.File("data"));
        await using var earlierPage = await after.JoinAsync("room", incarnation: 4, seat: seat);
        await using var again = await after.JoinAsync("room", incarnation: 5, seat: seat);

        earlierPage.Id.ShouldNotBe(id, StringComparer.Ordinal);
        again.Id.ShouldBe(id);
    }

    private static string Found(SignallingClient client) =>
        string.Join(", ", client.Admitted["participants"]!.AsArray().Select(other => (string)other!["name"]!));
}
