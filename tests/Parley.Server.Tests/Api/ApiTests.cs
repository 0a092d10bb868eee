using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Api;

public sealed class ApiTests(ApiServer shared) : IClassFixture<ApiServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Rooms_are_listed_and_shown_with_who_is_in_them()
    {
        await using var ada = await _server.JoinAsync("Shown-1", "Ada");
        await using var ben = await _server.JoinAsync("shown-2", "Ben");
        await ada.DoAsync("doors", new JsonObject { ["waitingRoom"] = true, ["passcode"] = "1234" });
        await ada.DoAsync("hand", new JsonObject { ["raised"] = true });
        await using var cleo = await _server.ConnectAsync();
        (await cleo.RequestAsync("join", SignallingClient.Join("shown-1").With("passcode", "1234")))["status"]!.GetValue<string>().ShouldBe("waiting");
        using var client = NewClient();

        var list = await GetAsync(client, "api/v1/rooms?after=shown-&limit=1");
        var room = await GetAsync(client, "api/v1/rooms/SHOWN-1");

        list["rooms"]!.AsArray().Count.ShouldBe(1);
        ((string?)list["rooms"]![0]!["name"], (string?)list["next"]).ShouldBe(("shown-1", "shown-1"));
        var rest = await GetAsync(client, "api/v1/rooms?after=shown-1&limit=1000");
        ((string?)rest["rooms"]![0]!["name"], (string?)rest["next"]).ShouldBe(("shown-2", null));
        room["openedAt"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        room["doors"]!.ToJsonString().ShouldBe("""{"locked":false,"waitingRoom":true,"passcode":true}""");
        ((int)room["participantCount"]!, (int)room["waitingCount"]!).ShouldBe((1, 1));
        room["participants"]!.ToJsonString().ShouldBe(
            $$$"""[{"id":"{{{ada.Id}}}","name":"Ada","role":"host","away":false,"hand":true,"media":{"microphone":true,"camera":true,"screen":false}}]""");
    }

    [Fact]
    public async Task Somebody_is_removed_once_whoever_asks_at_the_same_time()
    {
        await using var ada = await _server.JoinAsync("removing", "Ada");
        await using var ben = await _server.JoinAsync("removing", "Ben");
        using var client = NewClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.DeleteAsync($"api/v1/rooms/removing/participants/{ben.Id}")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound).ShouldBe(7);
        ((string?)(await ben.ExpectSoonAsync("removed"))["reason"]).ShouldBe("removed");
        ((string?)(await ada.ExpectSoonAsync("left"))["id"]).ShouldBe(ben.Id);
        await ShouldBeProblemAsync(await client.DeleteAsync("api/v1/rooms/removing/participants/nobody"), HttpStatusCode.NotFound, "unknown-participant");
        await ShouldBeProblemAsync(await client.DeleteAsync($"api/v1/rooms/never/participants/{ben.Id}"), HttpStatusCode.NotFound, "unknown-room");
    }

    [Fact]
    public async Task A_room_is_ended_for_everybody()
    {
        await using var ada = await _server.JoinAsync("ending", "Ada");
        using var client = NewClient();

        (await client.DeleteAsync("api/v1/rooms/Ending")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await ada.ExpectSoonAsync("ended");
        await ShouldBeProblemAsync(await client.DeleteAsync("api/v1/rooms/ending"), HttpStatusCode.NotFound, "unknown-room");
        await ShouldBeProblemAsync(await client.GetAsync("api/v1/rooms/ending"), HttpStatusCode.NotFound, "unknown-room");
        await ShouldBeProblemAsync(await client.GetAsync("api/v1/rooms/no%20room"), HttpStatusCode.NotFound, "unknown-room");
    }

    [Fact]
    public async Task A_token_is_minted_with_a_link_that_has_it()
    {
        using var client = NewClient();
        var begin = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 30;

        using var answer = await client.PostAsJsonAsync(
            "api/v1/tokens", new { room = "Комната", name = "Dr Ada", role = "host", sub = "7", nbf = begin, expiresIn = 600 });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var minted = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var token = (string)minted["token"]!;
        minted["expiresAt"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds().ShouldBe(begin + 600);
        ((string?)minted["link"]).ShouldBe($"{_server.Address}r/{Uri.EscapeDataString("комната")}#token={token}");
        await using var ada = await _server.ConnectAsync();
        await ada.JoinAsync("комната", token: token);
        ((string?)ada.Admitted["self"]!["name"], (string?)ada.Admitted["self"]!["role"]).ShouldBe(("Dr Ada", "host"));
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "api/v1/rooms") { Headers = { Authorization = new("Bearer", token) } };
        await ShouldBeProblemAsync(await client.SendAsync(stranger), HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("{}", "room")]
    [InlineData("[]", "payload")]
    [InlineData("""{"room":""}""", "room")]
    [InlineData("""{"room":"a b"}""", "room")]
    [InlineData("""{"room":"\ud800"}""", "room")]
    [InlineData("""{"room":"r","name":""}""", "name")]
    [InlineData("""{"room":"r","name":7}""", "name")]
    [InlineData("""{"room":"r","role":"admin"}""", "role")]
    [InlineData("""{"room":"r","role":["host"]}""", "role")]
    [InlineData("""{"room":"r","sub":""}""", "sub")]
    [InlineData("""{"room":"r","expiresIn":0}""", "expiresIn")]
    [InlineData("""{"room":"r","expiresIn":31536001}""", "expiresIn")]
    [InlineData("""{"room":"r","nbf":-1}""", "nbf")]
    [InlineData("""{"room":"r","nbf":1e30}""", "nbf")]
    [InlineData("""{"room":"r","room":"s"}""", "The body")]
    [InlineData("""{"room":""", "The body")]
    [InlineData("", "The body")]
    public async Task A_wrong_wish_is_refused_and_the_field_is_named(string body, string field)
    {
        using var client = NewClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var problem = await ShouldBeProblemAsync(await client.PostAsync("api/v1/tokens", content), HttpStatusCode.BadRequest, "invalid");

        ((string)problem["detail"]!).ShouldStartWith(field);
    }

    [Fact]
    public async Task A_token_that_would_be_too_long_to_be_used_is_not_minted()
    {
        using var client = NewClient();
        var longest = string.Concat(Enumerable.Repeat("𐐨", 64));

        using var answer = await client.PostAsJsonAsync("api/v1/tokens", new { room = longest, name = longest, sub = longest });

        ((string?)(await ShouldBeProblemAsync(answer, HttpStatusCode.BadRequest, "invalid"))["detail"]).ShouldStartWith("The token would be longer");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_not_read(bool saysItsLength)
    {
        using var client = NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/tokens")
        {
            Content = new StringContent($$"""{"room":"r","pad":"{{new string('x', 100_000)}}"}""", Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = !saysItsLength },
        };

        await ShouldBeProblemAsync(await client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonish")]
    [InlineData(null)]
    public async Task What_is_not_said_to_be_JSON_is_refused(string? type)
    {
        // So no form of a foreign page can be one: it cannot say so without asking first.
        using var client = NewClient();
        using var content = new StringContent("""{"room":"r"}""", Encoding.UTF8);
        content.Headers.ContentType = type is null ? null : new(type);

        await ShouldBeProblemAsync(await client.PostAsync("api/v1/tokens", content), HttpStatusCode.UnsupportedMediaType, "not-json");
    }

    [Theory]
    [InlineData("POST", "rooms", "GET")]
    [InlineData("PUT", "rooms/x", "GET, DELETE")]
    [InlineData("GET", "rooms/x/participants/y", "DELETE")]
    [InlineData("OPTIONS", "tokens", "POST")]
    public async Task A_wrong_method_is_told_the_right_ones(string method, string path, string allowed)
    {
        using var client = NewClient();
        using var request = new HttpRequestMessage(new(method), $"api/v1/{path}");

        using var answer = await client.SendAsync(request);

        answer.Content.Headers.Allow.ShouldBe(allowed.Split(", "));
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        await ShouldBeProblemAsync(answer, HttpStatusCode.MethodNotAllowed, "wrong-method");
    }

    [Theory]
    [InlineData("api/v1/rooms?limit=0", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("api/v1/rooms?limit=many", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("api/v1/nothing", HttpStatusCode.NotFound, "unknown-path")]
    [InlineData("api/v1", HttpStatusCode.NotFound, "unknown-path")]
    public async Task What_is_not_there_is_a_problem(string path, HttpStatusCode status, string code)
    {
        using var client = NewClient();

        await ShouldBeProblemAsync(await client.GetAsync(path), status, code);
    }

    [Fact]
    public async Task Nothing_below_the_API_answers_who_has_no_token_but_its_description()
    {
        var endpoints = _server.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)).ToList();
        await using var strict = await ApiServer.StartAsync();
        using var client = new HttpVisitor(strict);
        var statuses = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "PATCH";
            var path = endpoint.RoutePattern.RawText!.Replace("{room}", "r", StringComparison.Ordinal).Replace("{participant}", "p", StringComparison.Ordinal)
                .Replace("{**path}", "x", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new(method), path);
            statuses[$"{method} {path}"] = (await client.SendAsync(request)).StatusCode;
        }

        statuses.Count.ShouldBe(11);
        statuses.Where(status => status.Value == HttpStatusCode.OK).Select(status => status.Key).ShouldBe(["GET /api/v1/openapi.json"]);
        statuses.Values.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(10);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_API()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new HttpVisitor(server, ForgedToken.ForApi(TimeProvider.System));

        (await client.GetAsync("api/v1/rooms")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.DeleteAsync("api/v1/rooms/x")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsJsonAsync("api/v1/tokens", new { room = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("api/v1/openapi.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static async Task<JsonNode> ShouldBeProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        ((string?)problem["type"], (int?)problem["status"], (string?)problem["code"]).ShouldBe(("about:blank", (int)status, code));
        ((string?)problem["title"]).ShouldNotBeNullOrEmpty();
        return problem;
    }

    private HttpVisitor NewClient() => new(_server, ForgedToken.ForApi(TimeProvider.System));

    private static async Task<JsonNode> GetAsync(HttpVisitor client, string path)
    {
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}

/// <summary>A server with an API, for tests that do not disturb each other.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public static Task<RunningServer> StartAsync(params string[] args) => RunningServer.StartAsync(["--Parley:JoinTokens:Secrets:0", ForgedToken.Secret, .. args]);

    public async ValueTask InitializeAsync() => Server = await StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

internal static class JsonObjectExtensions
{
    public static JsonObject With(this JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }
}
