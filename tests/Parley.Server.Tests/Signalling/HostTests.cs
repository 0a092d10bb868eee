using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

/// <summary>Roles as clients see them. Ada has opened the room.</summary>
public sealed class HostTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("doors", """{"locked":true,"waitingRoom":true,"passcode":"1234"}""")]
    [InlineData("admit", """{"id":"?"}""")]
    [InlineData("deny", """{"id":"?"}""")]
    [InlineData("remove", """{"id":"?"}""")]
    [InlineData("handOver", """{"to":"?"}""")]
    [InlineData("askToMute", """{"to":"?"}""")]
    [InlineData("askToMute", """{"to":null}""")]
    [InlineData("lowerHand", """{"id":"?"}""")]
    [InlineData("end", null)]
    public async Task What_only_a_host_may_do_is_forbidden_to_everybody_else(string name, string? payload)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var nobody = await shared.Server.ConnectAsync();
        var request = payload is null ? null : JsonNode.Parse(payload.Replace("?", pair.Ada.Id, StringComparison.Ordinal));

        (await pair.Ben.FailAsync(name, request)).ShouldBe("forbidden");
        (await nobody.FailAsync(name, request?.DeepClone())).ShouldBe("not-joined");

        await pair.Ada.ExpectNothingAsync();
        await pair.Ben.ExpectNothingAsync();
        (await RoleOfNewcomerAsync(pair)).ShouldBe("participant");
    }

    [Fact]
    public async Task A_hand_over_is_heard_by_both_and_their_tokens_follow()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var before = pair.Ada.Seat;

        await pair.Ada.DoAsync("handOver", new JsonObject { ["to"] = pair.Ben.Id });

        foreach (var (client, role) in (IEnumerable<(SignallingClient, Role)>)[(pair.Ada, Role.Participant), (pair.Ben, Role.Host)])
        {
            (await client.ExpectAsync("role")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}","role":"host"}""");
            (await client.ExpectAsync("role")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ada.Id}}","role":"participant"}""");
            var seat = (string)(await client.ExpectAsync("seat"))["seat"]!;
            shared.Server.Get<SeatTokens>().TryVerify(seat, out var token).ShouldBeTrue();
            (token.Claim.Id.Value, token.Claim.Role).ShouldBe((client.Id, role));
        }

        (await pair.Ada.FailAsync("doors", new JsonObject { ["locked"] = true })).ShouldBe("forbidden");
        await pair.Ben.DoAsync("doors", new JsonObject { ["locked"] = false });

        // The token of before gives the seat, and no more.
        await using var again = await shared.Server.JoinAsync(pair.Room, "Ada", incarnation: 100, before);
        (again.Id, (string?)again.Admitted["self"]!["role"]).ShouldBe((pair.Ada.Id, "participant"));
    }

    [Fact]
    public async Task When_the_host_leaves_who_follows_hears_so()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await pair.Ada.RequestAsync("leave");

        await pair.Ben.ExpectAsync("left");
        (await pair.Ben.ExpectAsync("role")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}","role":"host"}""");
        await pair.Ben.ExpectAsync("seat");
        await pair.Ben.DoAsync("doors", new JsonObject { ["locked"] = true });
    }

    [Fact]
    public async Task Who_is_removed_hears_so_keeps_its_connection_and_is_not_let_in_again_with_its_token()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await pair.Ada.DoAsync("remove", new JsonObject { ["id"] = pair.Ben.Id });

        (await pair.Ben.ExpectAsync("removed")).ToJsonString().ShouldBe("""{"reason":"removed"}""");
        (await pair.Ada.ExpectAsync("left")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}","reason":"removed"}""");
        (await pair.Ben.FailAsync("offer", pair.Ben.Description(pair.Ada))).ShouldBe("not-joined");
        (await pair.Ben.FailAsync("iceServers")).ShouldBe("not-joined");
        ((string?)(await pair.Ben.RequestAsync("join", SignallingClient.Join(pair.Room, "Ben", 200, pair.Ben.Seat)))["reason"]).ShouldBe("removed");
        (await pair.Ada.FailAsync("remove", new JsonObject { ["id"] = pair.Ben.Id })).ShouldBe("unknown-participant");
        await pair.Ben.JoinAsync(pair.Room, "Ben");
        pair.Ben.Id.ShouldNotBe((string)(await pair.Ada.ExpectSoonAsync("seat"))["seat"]!, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_room_that_is_ended_is_over_for_everybody_and_can_begin_again()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await pair.Ada.DoAsync("end");

        (await pair.Ada.ExpectAsync("ended")).ToJsonString().ShouldBe("{}");
        await pair.Ben.ExpectAsync("ended");
        (await pair.Ben.FailAsync("media", SignallingClient.Media())).ShouldBe("not-joined");
        shared.Server.Get<RoomDirectory>().Snapshot(pair.Room).ShouldBeNull();
        await pair.Ben.JoinAsync(pair.Room, "Ben");
        ((string?)pair.Ben.Admitted["self"]!["role"]).ShouldBe("host");
        await pair.Ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task Hands_are_told_to_everybody_oneself_included_and_lowered_by_a_host()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await pair.Ben.DoAsync("hand", new JsonObject { ["raised"] = true });
        await pair.Ben.DoAsync("hand", new JsonObject { ["raised"] = true });
        await pair.Ada.DoAsync("lowerHand", new JsonObject { ["id"] = pair.Ben.Id });

        foreach (var client in (SignallingClient[])[pair.Ada, pair.Ben])
        {
            (await client.ExpectAsync("hand")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}","hand":1}""");
            (await client.ExpectAsync("hand")).ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}","hand":null}""");
            await client.ExpectNothingAsync();
        }
    }

    [Fact]
    public async Task Who_is_asked_to_mute_hears_by_whom()
    {
        await using var pair = await Pair.JoinAsync(shared);

        await pair.Ada.DoAsync("askToMute", new JsonObject { ["to"] = pair.Ben.Id });
        await pair.Ada.DoAsync("askToMute", new JsonObject { ["to"] = null });

        (await pair.Ben.ExpectAsync("muteAsked")).ToJsonString().ShouldBe($$"""{"from":"{{pair.Ada.Id}}"}""");
        await pair.Ben.ExpectAsync("muteAsked");
        await pair.Ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task Nobody_is_asked_or_made_host_who_is_away_but_it_can_be_removed()
    {
        await using var pair = await Pair.JoinAsync(shared);
        pair.Ben.Abort();
        await pair.Ada.ExpectAsync("away");

        (await pair.Ada.FailAsync("handOver", new JsonObject { ["to"] = pair.Ben.Id })).ShouldBe("away");
        (await pair.Ada.FailAsync("askToMute", new JsonObject { ["to"] = pair.Ben.Id })).ShouldBe("away");
        await pair.Ada.DoAsync("remove", new JsonObject { ["id"] = pair.Ben.Id });

        await using var again = await shared.Server.ConnectAsync();
        ((string?)(await again.RequestAsync("join", SignallingClient.Join(pair.Room, "Ben", 200, pair.Ben.Seat)))["reason"]).ShouldBe("removed");
    }

    private async Task<string?> RoleOfNewcomerAsync(Pair pair)
    {
        await using var cleo = await shared.Server.JoinAsync(pair.Room, "Cleo");
        cleo.Admitted["participants"]!.AsArray().Select(other => (string)other!["role"]!).ShouldBe(["host", "participant"]);
        cleo.Admitted["doors"]!.ToJsonString().ShouldBe("""{"locked":false,"waitingRoom":false,"passcode":false}""");
        return (string?)cleo.Admitted["self"]!["role"];
    }
}
