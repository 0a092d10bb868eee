using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Api;

/// <summary>The document is complete, and answers are what it says.</summary>
public sealed class ApiDocumentTests(ApiServer shared) : IClassFixture<ApiServer>
{
    private const string Root = "/api/v1/";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task It_has_each_request_that_the_server_knows_and_no_other()
    {
        var known = _server.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(Root, StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .Where(request => request != $"GET {Root}openapi.json");

        var written = Operations(await ReadAsync()).Select(operation => $"{operation.Method} {operation.Path}").ToList();

        written.ShouldBe(known, ignoreOrder: true);
        written.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Each_request_is_described_and_needs_a_token()
    {
        var document = await ReadAsync();
        ((string?)document["openapi"]).ShouldNotBeNull().ShouldStartWith("3.1");
        document["components"]!["securitySchemes"]!["bearer"]!.ToJsonString().ShouldBe("""{"type":"http","scheme":"bearer","bearerFormat":"JWT"}""");
        foreach (var (method, path, operation) in Operations(document))
        {
            ((string?)operation["operationId"]).ShouldNotBeNullOrEmpty($"{method} {path}");
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty($"{method} {path}");
            operation["security"]!.ToJsonString().ShouldBe("""[{"bearer":[]}]""");
            operation["responses"]!.AsObject().Select(answer => answer.Key)
                .Except(["200", "201", "204", "400", "401", "404", "413", "415", "429"], StringComparer.Ordinal).ShouldBeEmpty();
            operation["parameters"]?.AsArray().ShouldAllBe(parameter => !string.IsNullOrEmpty((string?)parameter!["description"]));
        }
    }

    [Fact]
    public async Task Answers_are_what_it_says()
    {
        var document = await ReadAsync();
        var used = new HashSet<string>(StringComparer.Ordinal);
        await using var ada = await _server.JoinAsync("documented", "Ada");
        await using var ben = await _server.JoinAsync("documented", "Ben");
        using var friend = new HttpVisitor(_server, ForgedToken.ForApi(TimeProvider.System));
        async Task AskAsync(HttpVisitor visitor, string method, string template, string path, int status, HttpContent? content = null)
        {
            using var answer = await visitor.SendAsync(new(new(method), $"{Root}{path}") { Content = content });
            ((int)answer.StatusCode).ShouldBe(status, $"{method} {path}");
            var response = document["paths"]![$"{Root}{template}"]![method.ToLowerInvariant()]!["responses"]![$"{status}"].ShouldNotBeNull($"{method} {path} {status}");
            await ShouldMatchAsync(answer, response, document);
            used.Add($"{method} {template} {status}");
        }

        await AskAsync(friend, "GET", "rooms", "rooms?limit=1000", 200);
        await AskAsync(friend, "GET", "rooms", "rooms?limit=x", 400);
        await AskAsync(friend, "GET", "rooms/{room}", "rooms/documented", 200);
        await AskAsync(friend, "GET", "rooms/{room}", "rooms/none", 404);
        await AskAsync(friend, "DELETE", "rooms/{room}/participants/{participant}", $"rooms/documented/participants/{ben.Id}", 204);
        await AskAsync(friend, "DELETE", "rooms/{room}/participants/{participant}", $"rooms/documented/participants/{ben.Id}", 404);
        await AskAsync(friend, "DELETE", "rooms/{room}", "rooms/documented", 204);
        await AskAsync(friend, "DELETE", "rooms/{room}", "rooms/documented", 404);
        await AskAsync(friend, "POST", "tokens", "tokens", 201, JsonContent.Create(new { room = "documented" }));
        await AskAsync(friend, "POST", "tokens", "tokens", 400, JsonContent.Create(new { }));
        await AskAsync(friend, "POST", "tokens", "tokens", 413, JsonContent.Create(new { pad = new string('x', 100_000) }));
        await AskAsync(friend, "POST", "tokens", "tokens", 415, new StringContent("room"));
        await using var strict = await ApiServer.StartAsync();
        using var stranger = new HttpVisitor(strict);
        for (var (i, status) = (0, 401); i < 25; i++)
        {
            status = i < 20 ? 401 : 429;
            var (method, path, _) = Operations(document).ElementAt(i % 5);
            await AskAsync(stranger, method, path[Root.Length..], path[Root.Length..].Replace('{', 'x').Replace('}', 'x'), status);
        }

        used.ShouldBe(Operations(document).SelectMany(operation => operation.Operation["responses"]!.AsObject()
            .Select(answer => $"{operation.Method} {operation.Path[Root.Length..]} {answer.Key}")), ignoreOrder: true);
    }

    [Fact]
    public async Task Behind_a_path_it_says_so()
    {
        await using var server = await ApiServer.StartAsync("--Parley:PathBase", "/parley");
        using var client = new HttpVisitor(server);

        using var answer = await client.GetAsync("parley/api/v1/openapi.json");

        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        document["servers"]!.ToJsonString().ShouldBe("""[{"url":"/parley"}]""");
    }

    private static async Task ShouldMatchAsync(HttpResponseMessage answer, JsonNode response, JsonNode document)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response["content"] is not JsonObject content)
        {
            body.ShouldBeEmpty();
            return;
        }

        var (type, described) = content.ShouldHaveSingleItem();
        answer.Content.Headers.ContentType?.MediaType.ShouldBe(type);
        JsonSchemaCheck.Problems(JsonNode.Parse(body), described!["schema"]!, document).ShouldBeEmpty(body);
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key, operation.Value!)));

    private async Task<JsonNode> ReadAsync()
    {
        using var client = new HttpVisitor(_server);
        using var answer = await client.GetAsync("api/v1/openapi.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
