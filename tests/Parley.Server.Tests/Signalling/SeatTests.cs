using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class SeatTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whose_connection_ends_is_away_for_the_others_and_for_whoever_comes_later(bool politely)
    {
        await using var pair = await Pair.JoinAsync(shared);

        await EndAsync(pair.Ben, politely);

        (await pair.Ada.ExpectAsync("away")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}"}""");
        await using var cleo = await shared.Server.JoinAsync(pair.Room, "Cleo");
        cleo.Admitted["participants"]!.AsArray().Select(other => (bool)other!["away"]!).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Who_comes_back_has_its_seat_again_and_the_others_are_told()
    {
        await using var pair = await Pair.JoinAsync(shared);
        pair.Ben.Abort();
        await pair.Ada.ExpectAsync("away");

        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben again", pair.Ben.Incarnation, pair.Ben.Seat);

        ben.Id.ShouldBe(pair.Ben.Id);
        ben.Admitted["participants"]!.AsArray().Select(other => (string)other!["id"]!).ShouldBe([pair.Ada.Id]);
        var welcome = (await pair.Ada.ExpectAsync("welcome"))["participant"]!;
        welcome.ToJsonString().ShouldBe(ben.Admitted["self"]!.ToJsonString());
        ((string?)welcome["name"], (bool)welcome["away"]!).ShouldBe(("Ben again", false));
        await ShouldReachAsync(pair.Ada, ben);
        await ShouldReachAsync(ben, pair.Ada);
    }

    [Fact]
    public async Task A_reloaded_page_has_the_seat_and_what_is_meant_for_the_page_before_is_stale()
    {
        await using var pair = await Pair.JoinAsync(shared);
        pair.Ben.Abort();
        await pair.Ada.ExpectAsync("away");

        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation + 1, pair.Ben.Seat);

        ben.Id.ShouldBe(pair.Ben.Id);
        await pair.Ada.ExpectAsync("welcome");
        ShouldFail(await pair.Ada.RequestAsync("offer", pair.Ada.Description(pair.Ben)), "stale");
        await ShouldReachAsync(pair.Ada, ben);
    }

    [Fact]
    public async Task A_half_open_connection_gives_its_seat_up_at_once_and_its_end_is_nothing_to_anybody()
    {
        await using var pair = await Pair.JoinAsync(shared);
        pair.Ben.Freeze();

        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);

        ben.Id.ShouldBe(pair.Ben.Id);
        await pair.Ada.ExpectAsync("welcome");
        pair.Ben.Abort();
        await ShouldReachAsync(pair.Ada, ben);
        await pair.Ada.ExpectNothingAsync();
        await ben.ExpectNothingAsync();
    }

    [Fact]
    public async Task Who_is_displaced_is_told_so_and_then_closed()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);

        await pair.Ben.EndAsync();
        pair.Ben.Order.ShouldBe(["ack 1", "displaced", "disconnect"]);
        (await pair.Ben.ExpectAsync("displaced")).ToJsonString().ShouldBe("{}");
        await pair.Ada.ExpectAsync("welcome");
        await ShouldReachAsync(pair.Ada, ben);
        await pair.Ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_token_that_is_shown_twice_at_the_same_moment_is_one_seat()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var pair = await Pair.JoinAsync(shared);
            await EndAsync(pair.Ben, politely: false);
            await using var one = await shared.Server.ConnectAsync();
            await using var other = await shared.Server.ConnectAsync();

            var join = SignallingClient.Join(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);
            var answers = await Task.WhenAll(one.RequestAsync("join", join), other.RequestAsync("join", join.DeepClone()));

            answers.Select(answer => (string?)answer["self"]!["id"]).ShouldBe([pair.Ben.Id, pair.Ben.Id]);
            var displaced = await await Task.WhenAny(EndedAsync(one), EndedAsync(other));
            displaced.Order.ShouldBe(["ack 1", "displaced", "disconnect"]);
            await (displaced == one ? other : one).ExpectNothingAsync();
            await using var cleo = await shared.Server.JoinAsync(pair.Room, "Cleo");
            cleo.Admitted["participants"]!.AsArray().Select(participant => (string)participant!["id"]!).ShouldBe([pair.Ada.Id, pair.Ben.Id]);
        }
    }

    [Theory]
    [InlineData("another room")]
    [InlineData("another server")]
    [InlineData("forged")]
    [InlineData("expired")]
    [InlineData("an earlier page load")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_token_that_does_not_hold_makes_a_newcomer_and_disturbs_nobody(string token)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var elsewhere = await shared.Server.JoinAsync(Guid.NewGuid().ToString("N"), "Ben", incarnation: 200);
        await using var otherServer = token == "another server" ? await RunningServer.StartAsync() : null;
        await using var ofOtherServer = otherServer is null ? null : await otherServer.JoinAsync(pair.Room, "Ben", incarnation: 200);
        var seat = token switch
        {
            "another room" => elsewhere.Seat,
            "another server" => ofOtherServer!.Seat,
            "forged" => Forge(pair.Ben.Seat),
            "expired" => Expired(pair),
            "an earlier page load" => pair.Ben.Seat,
            _ => token,
        };

        await using var cleo = await shared.Server.JoinAsync(pair.Room, "Cleo", token == "an earlier page load" ? 199 : 201, seat);

        cleo.Id.ShouldNotBeOneOf(pair.Ada.Id, pair.Ben.Id, elsewhere.Id);
        cleo.Admitted["participants"]!.AsArray().Count.ShouldBe(2);
        foreach (var other in (SignallingClient[])[pair.Ada, pair.Ben])
        {
            ((string?)(await other.ExpectAsync("welcome"))["participant"]!["id"]).ShouldBe(cleo.Id);
            await other.ExpectNothingAsync();
        }

        await elsewhere.ExpectNothingAsync();
    }

    [Fact]
    public async Task Who_has_left_may_come_again_with_the_same_token_and_is_who_it_was()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await pair.Ben.RequestAsync("leave");
        await pair.Ada.ExpectAsync("left");
        var first = pair.Ben.Id;

        await pair.Ben.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);

        pair.Ben.Id.ShouldBe(first);
        ((string?)(await pair.Ada.ExpectAsync("welcome"))["participant"]!["id"]).ShouldBe(first);
    }

    [Fact]
    public async Task A_connection_with_a_seat_does_not_join_again_with_its_token()
    {
        await using var pair = await Pair.JoinAsync(shared);

        var answer = await pair.Ben.RequestAsync("join", SignallingClient.Join(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat));

        ((string?)answer["reason"]).ShouldBe("already-joined");
        await pair.Ben.ExpectNothingAsync();
        await pair.Ada.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    [InlineData("candidate")]
    public async Task What_is_sent_to_who_is_away_is_not_kept_and_the_sender_knows(string name)
    {
        await using var pair = await Pair.JoinAsync(shared);
        var message = name == "candidate" ? pair.Ada.Candidate(pair.Ben) : pair.Ada.Description(pair.Ben);
        await EndAsync(pair.Ben, politely: false);
        await pair.Ada.ExpectAsync("away");

        ShouldFail(await pair.Ada.RequestAsync(name, message), "away");

        await using var ben = await shared.Server.JoinAsync(pair.Room, "Ben", pair.Ben.Incarnation, pair.Ben.Seat);
        await ben.ExpectNothingAsync();
        ((bool)(await pair.Ada.RequestAsync(name, message))["ok"]!).ShouldBeTrue();
        await ben.ExpectAsync(name);
    }

    [Fact]
    public async Task Who_does_not_come_back_in_time_is_gone_and_its_place_is_free()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:GraceSeconds", "1", "--Parley:Rooms:Capacity", "2");
        await using var ada = await server.JoinAsync("room", "Ada");
        await using var ben = await server.JoinAsync("room", "Ben");
        await using var cleo = await server.ConnectAsync();
        ((int)ben.Admitted["grace"]!).ShouldBe(1000);
        await ada.ExpectAsync("welcome");

        ben.Abort();
        await ada.ExpectAsync("away");
        ((string?)(await cleo.RequestAsync("join", SignallingClient.Join("room")))["reason"]).ShouldBe("room-full");

        (await ada.ExpectAsync("left")).ToJsonString().ShouldBe($$"""{"id":"{{ben.Id}}","reason":"gone"}""");
        await cleo.JoinAsync("room", "Cleo");
        await using var again = await server.ConnectAsync();
        ((string?)(await again.RequestAsync("join", SignallingClient.Join("room", "Ben", 1, ben.Seat)))["reason"]).ShouldBe("room-full");

        await cleo.RequestAsync("leave");
        await again.JoinAsync("room", "Ben", 1, ben.Seat);
        again.Id.ShouldBe(ben.Id);
    }

    [Fact]
    public async Task A_seat_that_is_away_keeps_its_place_in_a_full_room()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Capacity", "2");
        await using var ada = await server.JoinAsync("room", "Ada");
        await using var ben = await server.JoinAsync("room", "Ben");
        await using var cleo = await server.ConnectAsync();
        await ada.ExpectAsync("welcome");
        ben.Abort();
        await ada.ExpectAsync("away");

        ((string?)(await cleo.RequestAsync("join", SignallingClient.Join("room")))["reason"]).ShouldBe("room-full");
        await using var again = await server.JoinAsync("room", "Ben", 1, ben.Seat);

        again.Id.ShouldBe(ben.Id);
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_away_after_ten_seconds()
    {
        await using var pair = await Pair.JoinAsync(shared);
        ((int)pair.Ben.Open["pingInterval"]!).ShouldBe(5000);
        ((int)pair.Ben.Open["pingTimeout"]!).ShouldBe(5000);

        pair.Ben.Freeze();

        var received = await pair.Ada.ExpectAnyAsync(TimeSpan.FromSeconds(20));
        received.Name.ShouldBe("away");
        ((string?)received.Payload["id"]).ShouldBe(pair.Ben.Id);
    }

    [Fact]
    public async Task Who_joins_and_is_gone_in_the_same_breath_leaves_nothing_behind()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:GraceSeconds", "1");
        var rooms = server.Get<RoomDirectory>();
        await using (var ada = await server.JoinAsync("room", "Ada"))
        {
            for (var round = 0; round < 30; round++)
            {
                await using var ben = await server.ConnectAsync();
                await ben.SendAsync("join", SignallingClient.Join("room", "Ben"));
            }

            // Each of them was either never there or is gone after its time: at last Ada is alone.
            await Eventually.ShouldBeTrueAsync(() => rooms.ParticipantCount == 1);
        }

        await Eventually.ShouldBeTrueAsync(() => (rooms.RoomCount, rooms.ParticipantCount, rooms.AwayCount) == (0, 0, 0));
    }

    private static Task EndAsync(SignallingClient client, bool politely)
    {
        if (politely)
        {
            return client.CloseAsync();
        }

        client.Abort();
        return Task.CompletedTask;
    }

    private static async Task<SignallingClient> EndedAsync(SignallingClient client)
    {
        await client.EndAsync();
        return client;
    }

    private static async Task ShouldReachAsync(SignallingClient from, SignallingClient to)
    {
        var result = await from.RequestAsync("offer", from.Description(to));
        ((bool)result["ok"]!).ShouldBeTrue(result.ToJsonString());
        ((string?)(await to.ExpectAsync("offer"))["from"]).ShouldBe(from.Id);
    }

    private static void ShouldFail(JsonNode result, string code) => ((string?)result["error"]?["code"]).ShouldBe(code, result.ToJsonString());

    /// <summary>One character in the middle of the signature.</summary>
    private static string Forge(string token) => token[..^20] + (token[^20] == 'A' ? 'B' : 'A') + token[^19..];

    private string Expired(Pair pair)
    {
        shared.Server.Get<SeatTokens>().TryVerify(pair.Ben.Seat, out var token).ShouldBeTrue();
        var lastWeek = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(1_600_000_000));
        return new SeatTokens(shared.Server.Get<SeatKey>(), lastWeek).Issue(pair.Room, token.Claim);
    }
}
