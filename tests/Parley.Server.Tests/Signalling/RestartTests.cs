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
