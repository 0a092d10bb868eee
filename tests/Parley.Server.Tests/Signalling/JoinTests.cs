using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class JoinTests
{
    [Fact]
    public async Task The_first_is_admitted_to_an_empty_room_with_all_that_the_contract_names()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.ConnectAsync();

        var answer = await ada.RequestAsync("join", SignallingClient.Join("Blue-Room_7", "  Ada  ", incarnation: 1_700_000_000_000));

        answer.AsObject().Select(field => field.Key).ShouldBe(
            ["status", "protocol", "room", "self", "seat", "grace", "participants", "capacity", "iceServers", "doors", "waiting"], ignoreOrder: true);
        ((string?)answer["status"]).ShouldBe("admitted");
        ((int)answer["protocol"]!).ShouldBe(3);
        ((string?)answer["room"]).ShouldBe("blue-room_7");
        answer["participants"]!.AsArray().ShouldBeEmpty();
        ((int)answer["capacity"]!).ShouldBe(8);
        ((int)answer["grace"]!).ShouldBe(30_000);
        answer["iceServers"]!.ToJsonString().ShouldBe("""{"servers":[],"expiresAt":null}""");
        var self = answer["self"]!;
        ((string)self["id"]!).ShouldMatch("^[A-Za-z0-9_-]{16}$");
        self["id"] = "?";
        self.ToJsonString().ShouldBe(
            """{"id":"?","name":"Ada","incarnation":1700000000000,"media":{"microphone":true,"camera":true,"screen":false},"away":false,"role":"host","hand":null}""");
        answer["doors"]!.ToJsonString().ShouldBe("""{"locked":false,"waitingRoom":false,"passcode":false}""");
        answer["waiting"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_seat_token_names_the_seat()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync("Room");
        await using var ben = await server.JoinAsync("room");

        server.Get<SeatTokens>().TryVerify(ben.Seat, out var seat).ShouldBeTrue();

        seat.Room.ShouldBe("room");
        seat.Claim.Role.ShouldBe(Role.Participant);
        (seat.Claim.Id.Value, seat.Claim.Incarnation).ShouldBe((ben.Id, 1));
        server.Get<SeatTokens>().TryVerify(ada.Seat, out var before).ShouldBeTrue();
        before.Claim.Role.ShouldBe(Role.Host);
        seat.Claim.Order.ShouldBeGreaterThan(before.Claim.Order);
    }

    [Fact]
    public async Task Those_already_there_stand_in_order_of_arrival_and_hear_a_welcome()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync("room", "Ada");
        await using var ben = await server.JoinAsync("ROOM", "Ben");
        await using var cleo = await server.JoinAsync("Room", "Cleo", incarnation: 7);

        cleo.Admitted["participants"]!.AsArray().Select(other => (string)other!["name"]!).ShouldBe(["Ada", "Ben"]);
        cleo.Admitted["participants"]![0]!.ToJsonString().ShouldBe(ada.Admitted["self"]!.ToJsonString());
        (await ada.ExpectAsync("welcome"))["participant"]!["name"]!.GetValue<string>().ShouldBe("Ben");
        foreach (var other in (SignallingClient[])[ada, ben])
        {
            var welcome = await other.ExpectAsync("welcome");
            welcome.ToJsonString().ShouldBe(new JsonObject { ["participant"] = cleo.Admitted["self"]!.DeepClone() }.ToJsonString());
        }

        await cleo.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_join_without_acknowledgement_is_carried_out_all_the_same()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync("room");
        await using var ben = await server.ConnectAsync();

        await ben.SendAsync("join", SignallingClient.Join("room", "Ben"));

        ((string?)(await ada.ExpectAsync("welcome"))["participant"]!["name"]).ShouldBe("Ben");
    }

    [Fact]
    public async Task A_full_room_refuses_the_next()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Capacity", "2");
        await using var ada = await server.JoinAsync("room");
        await using var ben = await server.JoinAsync("room");
        await using var cleo = await server.ConnectAsync();

        var answer = await cleo.RequestAsync("join", SignallingClient.Join("room"));

        ShouldBeRefused(answer, "room-full");
        await ada.ExpectAsync("welcome");
        await ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_server_with_all_its_rooms_refuses_another_room_but_not_a_known_one()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:MaxRooms", "1");
        await using var ada = await server.JoinAsync("one");
        await using var ben = await server.ConnectAsync();

        ShouldBeRefused(await ben.RequestAsync("join", SignallingClient.Join("two")), "server-full");
        await ben.JoinAsync("one");
    }

    [Fact]
    public async Task A_connection_has_one_seat_at_a_time()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync("one");

        ShouldBeRefused(await ada.RequestAsync("join", SignallingClient.Join("two")), "already-joined");
    }

    [Theory]
    [InlineData("""{"protocol":2}""")]
    [InlineData("""{"protocol":99,"room":{"new":"shape"}}""")]
    public async Task Another_protocol_version_is_refused_before_anything_else_is_read(string payload)
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.ConnectAsync();

        var answer = await ada.RequestAsync("join", JsonNode.Parse(payload));

        ShouldBeRefused(answer, "protocol-unsupported");
        ((int)answer["protocol"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.ConnectAsync();
        var join = SignallingClient.Join("room");
        join["since"] = "tomorrow";
        join["media"]!["smell"] = true;

        ((string?)(await ada.RequestAsync("join", join))["status"]).ShouldBe("admitted");
    }

    [Theory]
    [InlineData("комната-1", "комната-1")]
    [InlineData("ÄÖÜ", "äöü")]
    [InlineData("कमरा", "कमरा")]
    [InlineData("会議室", "会議室")]
    [InlineData("𐐀𐐁", "𐐨𐐩")]
    public async Task Room_names_of_any_script_are_compared_without_case(string room, string lower)
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync(room);

        ((string?)ada.Admitted["room"]).ShouldBe(lower);
        server.Get<RoomDirectory>().RoomCount.ShouldBe(1);
    }

    private static void ShouldBeRefused(JsonNode answer, string reason)
    {
        answer.AsObject().Select(field => field.Key).ShouldBe(["status", "protocol", "reason", "message"], ignoreOrder: true);
        ((string?)answer["status"]).ShouldBe("refused");
        ((string?)answer["reason"]).ShouldBe(reason);
        ((string?)answer["message"]).ShouldNotBeNullOrWhiteSpace();
    }
}
