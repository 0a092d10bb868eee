using System.Net;
using Parley.Server.Api;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Api;

public sealed class ApiKeeperTests(ApiServer shared) : IClassFixture<ApiServer>
{
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer nonsense")]
    public async Task Who_has_no_token_is_told_what_is_needed(string? authorization)
    {
        await using var server = await ApiServer.StartAsync();

        using var answer = await AskAsync(server, authorization);

        await ApiTests.ShouldBeProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthorized");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe(authorization is null ? "Bearer realm=\"parley\"" : "Bearer realm=\"parley\", error=\"invalid_token\"");
    }

    [Theory]
    [InlineData("""{"exp":END}""")]
    [InlineData("""{"aud":"parley-join","exp":END}""")]
    [InlineData("""{"aud":"parley-join","room":"room","exp":END}""")]
    [InlineData("""{"aud":["parley-api","parley-join"],"exp":END}""")]
    [InlineData("""{"aud":"Parley-API","exp":END}""")]
    [InlineData("""{"room":"room","role":"host","exp":END}""")]
    [InlineData("""{"aud":"parley-api"}""")]
    [InlineData("""{"aud":"parley-api","exp":1000000000}""")]
    [InlineData("""{"aud":"parley-api","exp":9999999999}""")]
    [InlineData("""{"aud":"parley-api","exp":END,"nbf":9999999999}""")]
    [InlineData("""{"aud":"parley-api","aud":"parley-api","exp":END}""")]
    public async Task A_token_for_something_else_or_for_another_time_does_not_open_the_API(string claims)
    {
        await using var server = await ApiServer.StartAsync();
        var token = ForgedToken.Of(claims.Replace("END", $"{Now + 300}", StringComparison.Ordinal));

        using var answer = await AskAsync(server, $"Bearer {token}");

        await ApiTests.ShouldBeProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("""{"aud":"parley-api","exp":END}""", "Bearer")]
    [InlineData("""{"aud":["parley-api"],"exp":END,"iat":1,"iss":"school"}""", "bearer")]
    public async Task A_token_for_the_API_opens_it(string claims, string scheme)
    {
        var token = ForgedToken.Of(claims.Replace("END", $"{Now + 3600}", StringComparison.Ordinal));

        (await AskAsync(shared.Server, $"{scheme} {token}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_headers_are_none()
    {
        using var client = new HttpVisitor(shared.Server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/rooms");
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {ForgedToken.ForApi(TimeProvider.System)}", "Basic YTpi"]);

        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task All_secrets_open_the_API_while_one_is_replaced()
    {
        const string Next = "the secret that comes next with 32 bytes or more";
        await using var server = await RunningServer.StartAsync("--Parley:JoinTokens:Secrets:0", Next, "--Parley:JoinTokens:Secrets:1", ForgedToken.Secret);

        (await AskAsync(server, $"Bearer {ForgedToken.ForApi(TimeProvider.System)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, $"Bearer {ForgedToken.ForApi(TimeProvider.System, Next)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, $"Bearer {ForgedToken.ForApi(TimeProvider.System, "some other secret of 32 bytes or more")}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_fails_too_often_is_held_up_and_who_has_a_token_at_the_same_address_is_not()
    {
        await using var server = await ApiServer.StartAsync();
        for (var i = 0; i < ApiKeeper.Failures.AtOnce; i++)
        {
            (await AskAsync(server, "Bearer nonsense")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var answer = await AskAsync(server, "Bearer nonsense");

        await ApiTests.ShouldBeProblemAsync(answer, HttpStatusCode.TooManyRequests, "rate");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        (await AskAsync(server, $"Bearer {ForgedToken.ForApi(TimeProvider.System)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> AskAsync(RunningServer server, string? authorization)
    {
        using var client = new HttpVisitor(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/rooms");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await client.SendAsync(request);
    }
}
