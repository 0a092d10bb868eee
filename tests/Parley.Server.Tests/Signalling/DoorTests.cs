using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

/// <summary>Doors as clients see them. Ada has opened the room.</summary>
public sealed class DoorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Everybody_hears_of_the_doors_and_nobody_of_the_passcode()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"locked":true,"passcode":"sesame"}"""));
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"waitingRoom":true,"locked":false}"""));
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"passcode":null}"""));
        await pair.Ada.DoAsync("doors", JsonNode.Parse("{}"));

        foreach (var client in (SignallingClient[])[pair.Ada, pair.Ben])
        {
            foreach (var (locked, waitingRoom, passcode) in (IEnumerable<(string, string, string)>)[("true", "false", "true"), ("false", "true", "true"), ("false", "true", "false")])
            {
                (await client.ExpectAsync("doors")).ToJsonString().ShouldBe(
                    $$$"""{"doors":{"locked":{{{locked}}},"waitingRoom":{{{waitingRoom}}},"passcode":{{{passcode}}}}}""");
                await client.ExpectAsync("seat");
            }

            await client.ExpectNothingAsync();
        }
    }

    [Fact]
    public async Task A_passcode_is_asked_for_and_compared_exactly()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"passcode":"Sesame 1"}"""));
        await using var cleo = await shared.Server.ConnectAsync();

        (await RefusalAsync(cleo, pair.Room)).ShouldBe("passcode-required");
        (await RefusalAsync(cleo, pair.Room, "sesame 1")).ShouldBe("passcode-wrong");
        (await RefusalAsync(cleo, pair.Room, "Sesame 1 ")).ShouldBe("passcode-wrong");
        (await RefusalAsync(cleo, pair.Room, "Sesame 1")).ShouldBeNull();
    }

    [Fact]
    public async Task A_passcode_where_none_is_set_is_ignored()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var cleo = await shared.Server.ConnectAsync();

        (await RefusalAsync(cleo, pair.Room, "whatever")).ShouldBeNull();
    }

    [Fact]
    public async Task Too_many_wrong_passcodes_are_answered_rate_and_so_is_the_right_one_then()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"passcode":"right"}"""));
        await using var eve = await shared.Server.ConnectAsync();
        for (var guess = 0; guess < 5; guess++)
        {
            (await RefusalAsync(eve, pair.Room, $"wrong {guess}")).ShouldBe("passcode-wrong");
        }

        (await RefusalAsync(eve, pair.Room, "right")).ShouldBe("rate");

        // It is one room's matter, and not that of who has been there.
        await using var other = await Pair.JoinAsync(shared);
        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);
        ben.Id.ShouldBe(pair.Ben.Id);
    }

    [Fact]
    public async Task Too_many_joins_from_one_address_are_refused_unless_they_show_a_seat()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Limits:JoinsPerAddress", "3", "--Parley:Rooms:Limits:JoinsPerMinutePerAddress", "1");
        await using var ada = await server.JoinAsync("room", "Ada");
        await using var ben = await server.JoinAsync("room", "Ben");
        await using var cleo = await server.JoinAsync("other", "Cleo");
        await using var dan = await server.ConnectAsync();

        (await RefusalAsync(dan, "room")).ShouldBe("rate");

        ben.Abort();
        await using var again = await server.JoinAsync("room", "Ben", 1, ben.Seat);
        again.Id.ShouldBe(ben.Id);
    }

    [Fact]
    public async Task When_too_many_wait_from_one_network_the_next_one_is_answered_rate()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:MaxWaitingPerNetwork", "1");
        await using var ada = await server.JoinAsync("room", "Ada");
        await ada.DoAsync("doors", JsonNode.Parse("""{"waitingRoom":true}"""));
        await using var ben = await server.ConnectAsync();
        await ben.WaitAsync("room", "Ben");
        await using var cleo = await server.ConnectAsync();

        (await RefusalAsync(cleo, "room")).ShouldBe("rate");
    }

    [Fact]
    public async Task A_locked_room_refuses_who_is_new_and_takes_back_who_has_a_seat()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"locked":true}"""));
        await using var cleo = await shared.Server.ConnectAsync();
        pair.Ben.Abort();

        (await RefusalAsync(cleo, pair.Room)).ShouldBe("locked");
        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);

        ben.Id.ShouldBe(pair.Ben.Id);
    }

    [Fact]
    public async Task Who_waits_has_nothing_until_the_door_opens()
    {
        await using var pair = await WaitingRoomAsync();
        await using var cleo = await shared.Server.ConnectAsync();

        var answer = await cleo.RequestAsync("join", SignallingClient.Join(pair.Room.ToUpperInvariant(), "  Cleo "));

        answer.ToJsonString().ShouldBe($$"""{"status":"waiting","room":"{{pair.Room}}","name":"Cleo","protocol":3}""");
        foreach (var request in (string[])["iceServers", "end"])
        {
            (await cleo.FailAsync(request)).ShouldBe("not-joined");
        }

        (await cleo.FailAsync("media", SignallingClient.Media())).ShouldBe("not-joined");
        (await RefusalAsync(cleo, "another-room")).ShouldBe("already-joined");
        var waiting = (await pair.Ada.ExpectAsync("waiting"))["waiting"]!.AsArray().ShouldHaveSingleItem()!;
        waiting.AsObject().Select(field => field.Key).ShouldBe(["id", "name", "since"], ignoreOrder: true);
        await pair.Ben.ExpectNothingAsync();

        await pair.Ada.DoAsync("admit", new JsonObject { ["id"] = (string)waiting["id"]! });
        await cleo.EnterAsync();

        cleo.Id.ShouldBe((string?)waiting["id"]);
        cleo.Admitted["participants"]!.AsArray().Count.ShouldBe(2);
        ((string?)cleo.Admitted["self"]!["role"]).ShouldBe("participant");
        ((string?)(await pair.Ben.ExpectAsync("welcome"))["participant"]!["id"]).ShouldBe(cleo.Id);
        await cleo.DoAsync("media", SignallingClient.Media());
        (await RefusalAsync(cleo, "another-room")).ShouldBe("already-joined");
        ((bool)(await cleo.RequestAsync("iceServers"))["ok"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_is_denied_hears_so_and_may_knock_again()
    {
        await using var pair = await WaitingRoomAsync();
        await using var cleo = await shared.Server.ConnectAsync();
        await cleo.WaitAsync(pair.Room, "Cleo");

        await pair.Ada.DoAsync("deny", new JsonObject { ["id"] = await FirstWaitingAsync(pair.Ada) });

        var answer = await cleo.ExpectAsync("door");
        ((string?)answer["status"], (string?)answer["reason"], (int)answer["protocol"]!).ShouldBe(("refused", "denied", 3));
        (await pair.Ada.ExpectAsync("waiting"))["waiting"]!.AsArray().ShouldBeEmpty();
        await cleo.WaitAsync(pair.Room, "Cleo");
    }

    [Theory]
    [InlineData("leave")]
    [InlineData("close")]
    [InlineData("abort")]
    public async Task Who_gives_up_waiting_is_out_of_the_line(string how)
    {
        await using var pair = await WaitingRoomAsync();
        await using var cleo = await shared.Server.ConnectAsync();
        await cleo.WaitAsync(pair.Room, "Cleo");
        var id = await FirstWaitingAsync(pair.Ada);

        switch (how)
        {
            case "leave":
                await cleo.DoAsync("leave");
                (await cleo.FailAsync("leave")).ShouldBe("not-joined");
                break;
            case "close":
                await cleo.CloseAsync();
                break;
            default:
                cleo.Abort();
                break;
        }

        (await pair.Ada.ExpectAsync("waiting"))["waiting"]!.AsArray().ShouldBeEmpty();
        (await pair.Ada.FailAsync("admit", new JsonObject { ["id"] = id })).ShouldBe("unknown-participant");
        shared.Server.Get<RoomDirectory>().Snapshot(pair.Room)!.Participants.Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_waiting_room_is_opened_everybody_comes_in_and_when_the_room_ends_everybody_hears_so()
    {
        await using var pair = await WaitingRoomAsync();
        await using var cleo = await shared.Server.ConnectAsync();
        await using var dan = await shared.Server.ConnectAsync();
        await cleo.WaitAsync(pair.Room, "Cleo");
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"waitingRoom":false}"""));
        await cleo.EnterAsync();

        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"waitingRoom":true}"""));
        await dan.WaitAsync(pair.Room, "Dan");
        await pair.Ada.DoAsync("end");

        ((string?)(await dan.ExpectAsync("door"))["reason"]).ShouldBe("ended");
        await cleo.ExpectSoonAsync("ended");
        await dan.JoinAsync(pair.Room, "Dan");
    }

    [Fact]
    public async Task Whoever_is_let_in_while_its_connection_ends_is_away_and_then_gone()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:GraceSeconds", "1");
        await using var ada = await server.JoinAsync("room", "Ada");
        await ada.DoAsync("doors", JsonNode.Parse("""{"waitingRoom":true}"""));
        var rooms = server.Get<RoomDirectory>();
        for (var round = 0; round < 30; round++)
        {
            var cleo = await server.ConnectAsync();
            await cleo.WaitAsync("room", $"Cleo {round}");
            var id = await WaitingAsync(ada, $"Cleo {round}");
            var admitting = ada.RequestAsync("admit", new JsonObject { ["id"] = id });
            cleo.Abort();
            await admitting;
            await cleo.DisposeAsync();
        }

        await Eventually.ShouldBeTrueAsync(() => rooms.Snapshot("room") is { Participants.Count: 1, Waiting: 0 } && rooms.AwayCount == 0);
    }

    [Fact]
    public async Task Who_joins_while_the_room_ends_is_in_a_room_or_knows_that_it_is_not()
    {
        await using var server = await RunningServer.StartAsync();
        for (var round = 0; round < 30; round++)
        {
            await using var ada = await server.JoinAsync($"room-{round}", "Ada");
            var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.ConnectAsync()));
            var joining = others.Select(other => other.JoinAsync($"room-{round}", "Ben")).ToArray();

            await ada.DoAsync("end");
            await Task.WhenAll(joining);

            // Each is in the room that ended, and heard so, or in the one that has begun after it.
            var snapshot = server.Get<RoomDirectory>().Snapshot($"room-{round}");
            foreach (var other in others)
            {
                if (snapshot is null || snapshot.Participants.All(participant => participant.Id.Value != other.Id))
                {
                    await other.ExpectSoonAsync("ended");
                }

                await other.DisposeAsync();
            }
        }
    }

    private async Task<Pair> WaitingRoomAsync()
    {
        var pair = await Pair.JoinAsync(shared);
        await pair.Ada.DoAsync("doors", JsonNode.Parse("""{"waitingRoom":true}"""));
        foreach (var client in (SignallingClient[])[pair.Ada, pair.Ben])
        {
            await client.ExpectAsync("doors");
            await client.ExpectAsync("seat");
        }

        return pair;
    }

    private static async Task<string> FirstWaitingAsync(SignallingClient host) =>
        (string)(await host.ExpectAsync("waiting"))["waiting"]![0]!["id"]!;

    /// <summary>Until a list names somebody; those of before may still come.</summary>
    private static async Task<string> WaitingAsync(SignallingClient host, string name)
    {
        while (true)
        {
            var people = (await host.ExpectSoonAsync("waiting"))["waiting"]!.AsArray();
            if (people.FirstOrDefault(person => (string?)person!["name"] == name) is { } person)
            {
                return (string)person["id"]!;
            }
        }
    }

    private static async Task<string?> RefusalAsync(SignallingClient client, string room, string? passcode = null)
    {
        var join = SignallingClient.Join(room, "Cleo");
        if (passcode is not null)
        {
            join["passcode"] = passcode;
        }

        var answer = await client.RequestAsync("join", join);
        ((string?)answer["status"]).ShouldBe(answer["reason"] is null ? "admitted" : "refused");
        return (string?)answer["reason"];
    }
}
