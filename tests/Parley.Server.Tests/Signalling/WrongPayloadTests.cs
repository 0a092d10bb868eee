using System.Text.Json.Nodes;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class WrongPayloadTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>Event, field as the error names it, and a wrong value for it; "-" leaves the field out.</summary>
    public static TheoryData<string, string, string> WrongFields()
    {
        var data = new TheoryData<string, string, string>();
        void Wrong(string events, string field, params string[] values)
        {
            foreach (var name in events.Split(' '))
            {
                foreach (var value in values)
                {
                    data.Add(name, field, value);
                }
            }
        }

        var long65 = $"\"{new string('a', 65)}\"";
        Wrong("join", "protocol", "-", "null", "\"1\"", "0", "1.5", "-1", "99999999999");
        Wrong("join", "room", "-", "null", "\"\"", "7", "[]", long65, "\"a b\"", "\"a/b\"", "\"a.b\"", "\"a\\u0000\"", "\"\\ud800\"", "\"😀\"", "\"<b>\"");
        Wrong("join", "name", "-", "null", "\"\"", "\"   \"", "7", "{}", long65, "\"a\\nb\"", "\"a\\u0000\"", "\"a\\u0085b\"", "\"a\\u2028b\"", "\"\\udc00\"");
        Wrong("join", "name", "\"\\u202egnp.exe\"", "\"a\\u2066b\"", "\"\\u200b\"", "\"\\u2800\\u3164\"", "\"\\u0301\"");
        Wrong("join", "incarnation", "-", "null", "0", "-5", "\"1\"", "1.5", "9007199254740992", "1e400", "true");
        Wrong("join", "media", "-", "null", "[]", "\"on\"", "true");
        Wrong("join", "media.microphone", "-", "null", "1", "\"true\"");
        Wrong("join", "media.camera", "-", "0");
        Wrong("join", "media.screen", "-", "{}");
        Wrong("join", "seat", "null", "5", "true", "{}", "[]", $"\"{new string('s', 513)}\"", "\"\\ud800\"");
        Wrong("join", "passcode", "null", "5", "true", "{}", "\"\"", long65, "\"\\ud800\"");
        Wrong("join", "token", "null", "5", "[]", $"\"{new string('t', 2049)}\"", "\"\\ud800\"");
        Wrong("hand", "raised", "-", "null", "1", "\"true\"");
        Wrong("doors", "locked", "null", "1", "\"true\"", "[]");
        Wrong("doors", "waitingRoom", "null", "0", "{}");
        Wrong("doors", "passcode", "5", "true", "{}", "\"\"", long65, "\"\\udc00\"");
        Wrong("admit deny remove lowerHand", "id", "-", "null", "5", "\"\"", "\"short\"", "\"aaaaaaaaaaaaaaa=\"", "[]");
        Wrong("handOver", "to", "-", "null", "5", "\"\"", "\"aaaaaaaaaaaaaaaaa\"", "{}");
        Wrong("askToMute", "to", "-", "5", "\"\"", "\"aaaaaaa aaaaaaaa\"", "[]");
        Wrong("media", "microphone", "-", "null", "1", "\"true\"");
        Wrong("media", "camera", "-", "[]");
        Wrong("media", "screen", "-", "\"\"");
        Wrong("offer answer candidate", "to", "-", "null", "5", "\"\"", "\"short\"", "\"aaaaaaaaaaaaaaa=\"", "\"aaaaaaaaaaaaaaaaa\"", "\"aaaaaaa aaaaaaaa\"", "\"+aaaaaaaaaaaaaaa\"");
        Wrong("offer answer candidate", "incarnations", "-", "null", "5", "[1,2]");
        Wrong("offer answer candidate", "incarnations.from", "-", "null", "0", "\"1\"", "9007199254740992");
        Wrong("offer answer candidate", "incarnations.to", "-", "null", "0", "1.25", "-1");
        Wrong("offer answer candidate", "connection", "-", "null", "\"\"", "5", "[]", long65, "\"a b\"", "\"a.b\"", "\"a=\"", "\"ä\"", "\"a\\n\"");
        Wrong("offer answer", "number", "-", "null", "0", "-1", "1.5", "\"1\"", "9007199254740992");
        Wrong("offer answer", "sdp", "-", "null", "\"\"", "5", "{}", "\"\\ud83d\"");
        Wrong("offer answer", "sources", "-", "null", "[]", "\"camera\"", Sources(33), $$"""{"{{new string('m', 33)}}":"camera"}""", """{"":"camera"}""", """{"\ud800":"camera"}""");
        Wrong("offer answer", "sources.0", "null", "\"\"", "\"Camera\"", "\"window\"", "5", "[]");
        Wrong("candidate", "candidate", "-", "null", "\"candidate:1\"", "[]");
        Wrong("candidate", "candidate.candidate", "-", "null", "5", $"\"{new string('c', 1025)}\"");
        Wrong("candidate", "candidate.sdpMid", "5", "[]", $"\"{new string('m', 33)}\"");
        Wrong("candidate", "candidate.sdpMLineIndex", "-1", "256", "\"0\"", "0.5");
        Wrong("candidate", "candidate.usernameFragment", "5", $"\"{new string('u', 257)}\"");
        return data;
    }

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_wrong_field_is_named_and_changes_nothing(string name, string field, string value)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var cleo = await shared.Server.ConnectAsync();
        var sender = SenderOf(name, pair, cleo);
        var payload = Valid(name, pair);

        var answer = await sender.RequestRawAsync($"[\"{name}\",{Replace(payload, field, value)}]");

        ShouldBeInvalid(name, answer.ShouldNotBeNull(), field);
        await pair.Ada.ExpectNothingAsync();
        await pair.Ben.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("join")]
    [InlineData("offer")]
    [InlineData("answer")]
    [InlineData("candidate")]
    [InlineData("media")]
    [InlineData("hand")]
    [InlineData("doors")]
    [InlineData("admit")]
    [InlineData("deny")]
    [InlineData("remove")]
    [InlineData("handOver")]
    [InlineData("askToMute")]
    [InlineData("lowerHand")]
    public async Task What_is_no_object_is_refused_as_a_whole(string name)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var cleo = await shared.Server.ConnectAsync();
        var sender = SenderOf(name, pair, cleo);
        foreach (var payload in (string[])["", ",null", ",[]", ",5", ",\"text\"", ",true"])
        {
            var answer = await sender.RequestRawAsync($"[\"{name}\"{payload}]");

            ShouldBeInvalid(name, answer.ShouldNotBeNull(), "payload");
        }

        await pair.Ada.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("join")]
    [InlineData("media")]
    [InlineData("offer")]
    public async Task A_key_that_is_half_a_character_is_refused(string name)
    {
        await using var pair = await Pair.JoinAsync(shared);
        await using var cleo = await shared.Server.ConnectAsync();
        var sender = name == "join" ? cleo : pair.Ben;

        var answer = await sender.RequestRawAsync($$"""["{{name}}",{"\ud800\ud800":1}]""");

        ShouldBeInvalid(name, answer.ShouldNotBeNull(), "payload");
    }

    [Fact]
    public async Task The_largest_values_that_the_contract_allows_are_taken()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.JoinAsync(new string('r', 64), string.Concat(Enumerable.Repeat("😀", 64)), 9_007_199_254_740_991);
        await using var ben = await server.JoinAsync(new string('r', 64), incarnation: 9_007_199_254_740_991, seat: string.Concat(Enumerable.Repeat("😀", 512)));
        var offer = ben.Description(ada);
        offer["sources"] = JsonNode.Parse(Sources(32));
        offer["connection"] = new string('c', 64);
        var candidate = ben.Candidate(ada);
        candidate["connection"] = "-_azAZ09";
        candidate["candidate"] = new JsonObject
        {
            ["candidate"] = new string('c', 1024),
            ["sdpMid"] = new string('m', 32),
            ["sdpMLineIndex"] = 255,
            ["usernameFragment"] = new string('u', 256),
        };

        ((bool)(await ben.RequestAsync("offer", offer))["ok"]!).ShouldBeTrue();
        ((bool)(await ben.RequestAsync("candidate", candidate))["ok"]!).ShouldBeTrue();
        var passcode = string.Concat(Enumerable.Repeat("😀", 64));
        ((bool)(await ada.RequestAsync("doors", new JsonObject { ["passcode"] = passcode }))["ok"]!).ShouldBeTrue();
        await using var cleo = await server.ConnectAsync();
        var join = SignallingClient.Join(new string('r', 64));
        join["passcode"] = passcode;
        ((string?)(await cleo.RequestAsync("join", join))["status"]).ShouldBe("admitted");
    }

    [Fact]
    public async Task Nobody_writes_to_itself()
    {
        await using var pair = await Pair.JoinAsync(shared);

        ShouldBeInvalid("offer", await pair.Ben.RequestAsync("offer", pair.Ben.Description(pair.Ben)), "to");
    }

    [Theory]
    [InlineData("remove", "id")]
    [InlineData("handOver", "to")]
    [InlineData("askToMute", "to")]
    public async Task No_host_does_to_itself_what_is_meant_for_others(string name, string field)
    {
        await using var pair = await Pair.JoinAsync(shared);

        ShouldBeInvalid(name, await pair.Ada.RequestAsync(name, new JsonObject { [field] = pair.Ada.Id }), field);

        await pair.Ben.ExpectNothingAsync();
    }

    // What only a host may do is done by the host.
    private static SignallingClient SenderOf(string name, Pair pair, SignallingClient newcomer) => name switch
    {
        "join" => newcomer,
        "doors" or "admit" or "deny" or "remove" or "handOver" or "askToMute" or "lowerHand" => pair.Ada,
        _ => pair.Ben,
    };

    private static JsonObject Valid(string name, Pair pair) => name switch
    {
        "join" => SignallingClient.Join(pair.Room, "Cleo"),
        "media" => SignallingClient.Media(),
        "hand" => new() { ["raised"] = true },
        "doors" => new() { ["locked"] = true, ["waitingRoom"] = true, ["passcode"] = "1234" },
        "admit" or "deny" or "remove" or "lowerHand" => new() { ["id"] = pair.Ben.Id },
        "handOver" or "askToMute" => new() { ["to"] = pair.Ben.Id },
        "candidate" => pair.Ben.Candidate(pair.Ada),
        _ => pair.Ben.Description(pair.Ada),
    };

    private static string Replace(JsonObject payload, string field, string value)
    {
        var path = field.Split('.');
        var parent = path.SkipLast(1).Aggregate(payload, (node, step) => node[step]!.AsObject());
        if (value == "-")
        {
            parent.Remove(path[^1]);
            return payload.ToJsonString();
        }

        // As text, because a JsonNode cannot hold everything that JSON can spell.
        parent[path[^1]] = "the wrong value";
        return payload.ToJsonString().Replace("\"the wrong value\"", value, StringComparison.Ordinal);
    }

    private static string Sources(int count) =>
        $"{{{string.Join(',', Enumerable.Range(0, count).Select(mid => $"\"{mid}\":\"camera\""))}}}";

    private static void ShouldBeInvalid(string name, JsonNode answer, string field)
    {
        var (code, message) = name == "join"
            ? ((string?)answer["reason"], (string?)answer["message"])
            : ((string?)answer["error"]!["code"], (string?)answer["error"]!["message"]);
        code.ShouldBe("invalid", answer.ToJsonString());
        message.ShouldNotBeNull().ShouldStartWith($"{field} ");
    }
}
