using System.Text.Json.Nodes;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class RelayTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    public async Task A_description_arrives_as_sent_with_from_in_place_of_to(string name)
    {
        await using var pair = await Pair.JoinAsync(shared);
        var description = pair.Ben.Description(pair.Ada);
        description["sdp"] = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=\"ü\u2028 \\ \0 <b>\"\r\n";

        var result = await pair.Ben.RequestAsync(name, description);

        result.ToJsonString().ShouldBe("""{"ok":true}""");
        var received = await pair.Ada.ExpectAsync(name);
        description.Remove("to");
        description["from"] = pair.Ben.Id;
        JsonNode.DeepEquals(received, description).ShouldBeTrue(received.ToJsonString());
    }

    [Fact]
    public async Task A_candidate_arrives_as_sent_with_from_in_place_of_to()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var candidate = pair.Ben.Candidate(pair.Ada);

        (await pair.Ben.RequestAsync("candidate", candidate)).ToJsonString().ShouldBe("""{"ok":true}""");

        var received = await pair.Ada.ExpectAsync("candidate");
        candidate.Remove("to");
        candidate["from"] = pair.Ben.Id;
        JsonNode.DeepEquals(received, candidate).ShouldBeTrue(received.ToJsonString());
    }

    [Fact]
    public async Task What_a_candidate_leaves_out_is_null_for_the_receiver()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var candidate = pair.Ben.Candidate(pair.Ada);
        candidate["candidate"] = new JsonObject { ["candidate"] = "" };

        await pair.Ben.RequestAsync("candidate", candidate);

        (await pair.Ada.ExpectAsync("candidate"))["candidate"]!.ToJsonString()
            .ShouldBe("""{"candidate":"","sdpMid":null,"sdpMLineIndex":null,"usernameFragment":null}""");
    }

    [Fact]
    public async Task The_largest_description_passes_and_a_larger_one_does_not()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var description = pair.Ben.Description(pair.Ada);
        description["sdp"] = new string('é', 32_768);
        (await pair.Ben.RequestAsync("offer", description)).ToJsonString().ShouldBe("""{"ok":true}""");
        ((string)(await pair.Ada.ExpectAsync("offer"))["sdp"]!).Length.ShouldBe(32_768);

        description["sdp"] = new string('é', 32_768) + "x";
        var result = await pair.Ben.RequestAsync("offer", description);

        ((string)result["error"]!["message"]!).ShouldStartWith("sdp ");
        await pair.Ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_media_state_reaches_the_others_and_whoever_comes_later()
    {
        await using var pair = await Pair.JoinAsync(shared);

        (await pair.Ben.RequestAsync("media", SignallingClient.Media(microphone: false, camera: false, screen: true)))
            .ToJsonString().ShouldBe("""{"ok":true}""");

        const string State = """{"microphone":false,"camera":false,"screen":true}""";
        var media = await pair.Ada.ExpectAsync("media");
        media.ToJsonString().ShouldBe($$"""{"id":"{{pair.Ben.Id}}","media":{{State}}}""");
        await pair.Ben.ExpectNothingAsync();
        await using var late = await shared.Server.JoinAsync(pair.Room);
        late.Admitted["participants"]!.AsArray()
            .Single(other => (string)other!["id"]! == pair.Ben.Id)!["media"]!.ToJsonString().ShouldBe(State);
    }

    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    [InlineData("candidate")]
    public async Task Nothing_is_relayed_from_one_room_to_another(string name)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var stranger = await shared.Server.JoinAsync(Guid.NewGuid().ToString("N"));

        var result = await stranger.RequestAsync(name, Message(stranger, name, pair.Ada));

        ShouldFail(result, "unknown-participant");
        await pair.Ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task Who_has_left_is_unknown()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await pair.Ada.RequestAsync("leave");
        await pair.Ben.ExpectAsync("left");

        ShouldFail(await pair.Ben.RequestAsync("offer", pair.Ben.Description(pair.Ada)), "unknown-participant");
    }

    [Theory]
    [InlineData("offer", "from")]
    [InlineData("offer", "to")]
    [InlineData("answer", "from")]
    [InlineData("answer", "to")]
    [InlineData("candidate", "from")]
    [InlineData("candidate", "to")]
    public async Task What_speaks_of_another_incarnation_is_stale(string name, string end)
    {
        await using var pair = await Pair.JoinAsync(shared);
        foreach (var other in (long[])[-1, 1])
        {
            var message = Message(pair.Ben, name, pair.Ada);
            message["incarnations"]![end] = (long)message["incarnations"]![end]! + other;

            ShouldFail(await pair.Ben.RequestAsync(name, message), "stale");
        }

        await pair.Ada.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("offer")]
    [InlineData("answer")]
    [InlineData("candidate")]
    [InlineData("media")]
    [InlineData("iceServers")]
    [InlineData("leave")]
    public async Task Without_a_seat_nothing_but_join_is_answered_well(string name)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var outsider = await shared.Server.ConnectAsync();
        var message = name switch
        {
            "media" => SignallingClient.Media(),
            "iceServers" or "leave" => null,
            _ => Message(pair.Ben, name, pair.Ada),
        };

        ShouldFail(await outsider.RequestAsync(name, message), "not-joined");
        await pair.Ada.ExpectNothingAsync();
    }

    private static JsonObject Message(SignallingClient from, string name, SignallingClient to) =>
        name == "candidate" ? from.Candidate(to) : from.Description(to);

    private static void ShouldFail(JsonNode result, string code)
    {
        ((bool)result["ok"]!).ShouldBeFalse();
        ((string?)result["error"]!["code"]).ShouldBe(code);
        ((string?)result["error"]!["message"]).ShouldNotBeNullOrWhiteSpace();
    }
}
