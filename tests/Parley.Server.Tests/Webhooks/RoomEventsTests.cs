using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Webhooks;

/// <summary>The whole way, from what people do to what another application hears.</summary>
public sealed class RoomEventsTests
{
    [Fact]
    public async Task A_call_is_told_from_its_beginning_to_its_end()
    {
        await using var listener = await Listener.StartAsync();
        await using var server = await StartAsync(listener);
        await using var ada = await server.JoinAsync("Room", "Ada");
        await using var ben = await server.JoinAsync("room", "Ben");
        await using var cleo = await server.JoinAsync("room", "Cleo");
        await ada.DoAsync("remove", new JsonObject { ["id"] = ben.Id });
        await ada.DoAsync("leave");
        await cleo.DoAsync("end");

        var heard = await listener.HearAsync(8);

        heard.Select(one => one.Type).ShouldBe(
        [
            "room.opened", "participant.joined", "participant.joined", "participant.joined", "participant.left", "participant.left", "participant.left", "room.ended",
        ]);
        heard.ShouldAllBe(one => one.Room == "room" && one.IsSignedBy(Listener.Secret));
        heard.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(8);
        heard[1].Event["data"]!["participant"]!.ToJsonString().ShouldBe($$"""{"id":"{{ada.Id}}","name":"Ada","role":"host"}""");
        ((string?)heard[2].Event["data"]!["participant"]!["role"]).ShouldBe("participant");
        heard.Skip(4).Take(3).Select(one => ((string?)one.Event["data"]!["participant"]!["name"], (string?)one.Event["data"]!["reason"]))
            .ShouldBe([("Ben", "removed"), ("Ada", "left"), ("Cleo", "ended")]);
    }

    [Fact]
    public async Task Rooms_go_on_though_their_listener_hangs()
    {
        await using var listener = await Listener.StartAsync();
        await using var server = await StartAsync(listener);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Answer = (_, _) => never.Task;

        for (var i = 0; i < 10; i++)
        {
            await using var somebody = await server.JoinAsync($"room-{i}");
            await somebody.DoAsync("leave");
        }

        server.Get<RoomDirectory>().RoomCount.ShouldBe(0);
        never.SetResult();
        await listener.HearAsync(40);
    }

    [Fact]
    public async Task No_proxy_of_the_environment_hears_of_it()
    {
        using var folder = new TestFolder();
        await using var proxy = await Listener.StartAsync();
        await using var listener = await Listener.StartAsync();
        var address = proxy.Address.GetLeftPart(UriPartial.Authority);
        await using var server = await MortalServer.StartAsync(
            folder,
            [("http_proxy", address), ("HTTP_PROXY", address), ("all_proxy", address), ("no_proxy", null), ("NO_PROXY", null)],
            ["--Parley:Webhooks:0:Url", listener.Address.ToString(), "--Parley:Webhooks:0:Secrets", Listener.Secret]);

        await using var ada = await SignallingClient.ConnectAsync(server.Address);
        await ada.JoinAsync("room");

        await listener.HearAsync(2);
        proxy.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_asked_to_end_sends_what_it_still_has()
    {
        await using var listener = await Listener.StartAsync();
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Answer = (_, _) => wait.Task;
        await using (var server = await StartAsync(listener))
        {
            await using var ada = await server.JoinAsync("room");
            await ada.DoAsync("end");
            await listener.HearAsync(1);
            wait.SetResult();
        }

        listener.Types.ShouldBe(["room room.opened", "room participant.joined", "room participant.left", "room room.ended"]);
    }

    private static Task<RunningServer> StartAsync(Listener listener) =>
        RunningServer.StartAsync("--Parley:Webhooks:0:Url", listener.Address.ToString(), "--Parley:Webhooks:0:Secrets", Listener.Secret);
}
