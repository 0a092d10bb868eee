using System.Net;
using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.JoinTokens;

/// <summary>The whole way, from a token that another application has made to the room.</summary>
public sealed class EnteringTests
{
    private static readonly string[] Tokens = ["--Parley:JoinTokens:Secrets:0", ForgedToken.Secret];

    [Fact]
    public async Task Who_has_a_token_enters_as_what_it_says()
    {
        await using var server = await RunningServer.StartAsync(Tokens);

        await using var ben = await JoinAsync(server, ForgedToken.ForRoom("room", ("name", "Ben")));
        await using var ada = await JoinAsync(server, ForgedToken.ForRoom("ROOM", ("name", "Dr Ada"), ("role", "host")));

        ((string?)ben.Admitted["self"]!["name"], (string?)ben.Admitted["self"]!["role"]).ShouldBe(("Ben", "participant"));
        ((string?)ada.Admitted["self"]!["name"], (string?)ada.Admitted["self"]!["role"]).ShouldBe(("Dr Ada", "host"));
    }

    [Fact]
    public async Task Where_tokens_are_required_nobody_enters_without_one()
    {
        await using var server = await RunningServer.StartAsync([.. Tokens, "--Parley:JoinTokens:Required", "true"]);
        await using var eve = await server.ConnectAsync();

        (await ReasonAsync(eve, token: null)).ShouldBe("token-required");
        (await ReasonAsync(eve, token: "")).ShouldBe("token-invalid");
        (await ReasonAsync(eve, ForgedToken.ForRoom("other"))).ShouldBe("token-invalid");
        (await ReasonAsync(eve, ForgedToken.Of("{\"room\":\"room\",\"exp\":1000000000}"))).ShouldBe("token-invalid");
        (await ReasonAsync(eve, ForgedToken.ForApi(TimeProvider.System))).ShouldBe("token-invalid");
        (await ReasonAsync(eve, ForgedToken.Of($"{{\"room\":\"room\",{ForgedToken.ForEver}}}", "{\"alg\":\"none\"}"))).ShouldBe("token-invalid");
        (await ReasonAsync(eve, ForgedToken.Of($"{{\"room\":\"room\",{ForgedToken.ForEver}}}", secret: "another secret of more than 32 bytes"))).ShouldBe("token-invalid");
        (await ReasonAsync(eve, new string('A', 2049))).ShouldBe("invalid");
        server.Get<RoomDirectory>().RoomCount.ShouldBe(0);
        await eve.JoinAsync("room", token: ForgedToken.ForRoom("room"));
    }

    [Fact]
    public async Task Who_was_removed_is_kept_out_with_a_fresh_token_too_and_another_person_is_not()
    {
        await using var server = await RunningServer.StartAsync(Tokens);
        await using var ada = await JoinAsync(server, ForgedToken.ForRoom("room", ("role", "host")));
        await using var eve = await JoinAsync(server, ForgedToken.ForRoom("room", ("sub", "eve"), ("jti", "1")));
        await ada.DoAsync("remove", new JsonObject { ["id"] = eve.Id });
        await eve.ExpectSoonAsync("removed");

        (await ReasonAsync(eve, ForgedToken.ForRoom("room", ("sub", "eve"), ("jti", "2")))).ShouldBe("removed");
        await eve.JoinAsync("room", token: ForgedToken.ForRoom("room", ("sub", "not eve")));
    }

    [Fact]
    public async Task Whom_the_API_removes_is_kept_out_as_if_a_host_had_done_it()
    {
        await using var server = await RunningServer.StartAsync(Tokens);
        using var application = new HttpVisitor(server, ForgedToken.ForApi(TimeProvider.System));
        await using var ada = await JoinAsync(server, ForgedToken.ForRoom("room"));
        var token = ForgedToken.ForRoom("room", ("jti", "1"));
        await using var eve = await JoinAsync(server, token);

        (await application.DeleteAsync($"api/v1/rooms/room/participants/{eve.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await eve.ExpectSoonAsync("removed");

        (await ReasonAsync(eve, token)).ShouldBe("removed");
        await eve.JoinAsync("room", token: ForgedToken.ForRoom("room", ("jti", "2")));
    }

    [Fact]
    public async Task A_token_for_one_person_makes_two_seats_when_it_is_used_twice()
    {
        // Said in docs/api.md: a single use would need a memory that outlives restarts.
        await using var server = await RunningServer.StartAsync(Tokens);
        var token = ForgedToken.ForRoom("room", ("jti", "1"));

        await using var ada = await JoinAsync(server, token);
        await using var again = await JoinAsync(server, token);

        (again.Id == ada.Id).ShouldBeFalse();
        server.Get<RoomDirectory>().ParticipantCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_for_many_lets_many_in_by_their_own_names()
    {
        await using var server = await RunningServer.StartAsync(Tokens);
        var token = ForgedToken.ForRoom("room");

        await using var ada = await JoinAsync(server, token);
        await using var ben = await JoinAsync(server, token);

        ben.Admitted["participants"]!.AsArray().Count.ShouldBe(1);
        ((string?)ben.Admitted["self"]!["name"]).ShouldBe("Somebody");
    }

    private static async Task<SignallingClient> JoinAsync(RunningServer server, string token)
    {
        var client = await server.ConnectAsync();
        await client.JoinAsync("room", "Somebody", token: token);
        return client;
    }

    private static async Task<string?> ReasonAsync(SignallingClient client, string? token) =>
        (string?)(await client.RequestAsync("join", SignallingClient.Join("room", token: token)))["reason"];
}
