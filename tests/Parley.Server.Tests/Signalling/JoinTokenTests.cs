using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Rooms;
using Parley.Server.Signalling;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class JoinTokenTests
{
    [Fact]
    public async Task Who_enters_with_a_join_token_is_what_it_says()
    {
        await using var server = await StartAsync(new FakeTokens());

        await using var ada = await JoinAsync(server, "host:Dr Ada");
        await using var ben = await JoinAsync(server, "participant");

        ((string?)ada.Admitted["self"]!["name"], (string?)ada.Admitted["self"]!["role"]).ShouldBe(("Dr Ada", "host"));
        ((string?)ben.Admitted["self"]!["name"], (string?)ben.Admitted["self"]!["role"]).ShouldBe(("Somebody", "participant"));
    }

    [Fact]
    public async Task A_join_token_that_does_not_hold_is_refused_with_its_reason()
    {
        await using var server = await StartAsync(new FakeTokens());
        await using var ada = await server.ConnectAsync();

        var answer = await AskAsync(ada, "nonsense");

        ((string?)answer["reason"], (string?)answer["message"]).ShouldBe(("token-invalid", "It is nonsense."));
        server.Get<RoomDirectory>().RoomCount.ShouldBe(0);
    }

    [Fact]
    public async Task Where_no_key_is_configured_a_join_token_is_refused_and_not_ignored()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ada = await server.ConnectAsync();

        ((string?)(await AskAsync(ada, "host"))["reason"]).ShouldBe("token-invalid");
    }

    [Fact]
    public async Task Where_they_are_required_nobody_enters_without_one_but_back_to_a_seat()
    {
        await using var server = await StartAsync(new FakeTokens { Required = true });
        await using var eve = await server.ConnectAsync();
        ((string?)(await AskAsync(eve, token: null))["reason"]).ShouldBe("token-required");
        await using var ada = await JoinAsync(server, "host:Ada");
        ((string?)(await AskAsync(eve, token: null))["reason"]).ShouldBe("token-required");

        ada.Abort();
        await using var again = await server.JoinAsync("room", "Somebody else", 1, ada.Seat);

        (again.Id, (string?)again.Admitted["self"]!["name"]).ShouldBe((ada.Id, "Ada"));
    }

    private static Task<RunningServer> StartAsync(FakeTokens tokens) =>
        RunningServer.StartWithAsync(services => services.AddSingleton<IJoinTokens>(tokens));

    private static async Task<SignallingClient> JoinAsync(RunningServer server, string token)
    {
        var client = await server.ConnectAsync();
        await client.JoinAsync("room", "Somebody", token: token);
        return client;
    }

    private static Task<JsonNode> AskAsync(SignallingClient client, string? token) =>
        client.RequestAsync("join", SignallingClient.Join("room", token: token));

    /// <summary>"host", "participant", either with a name after a colon.</summary>
    private sealed class FakeTokens : IJoinTokens
    {
        public bool Required { get; init; }

        public JoinTokenVerdict Judge(string token, string room)
        {
            var parts = token.Split(':');
            return Enum.TryParse<Role>(parts[0], ignoreCase: true, out var role)
                ? new JoinTokenVerdict.Granted(new(role, parts.ElementAtOrDefault(1)))
                : new JoinTokenVerdict.Refused("It is nonsense.");
        }
    }
}
