using System.Net;
using System.Net.WebSockets;
using Parley.SocketIO.Tests.Clients;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class CrossOriginTests
{
    private const string Poll = "/socket.io/?EIO=4&transport=polling";
    private const string Allowed = "https://app.example.org";

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("null")]
    public async Task A_foreign_page_is_refused_by_polling(string origin)
    {
        await using var server = await TestServer.StartAsync();
        using var response = await SendAsync(server, HttpMethod.Get, Poll, origin);
        await response.ShouldBeErrorAsync(4, "Forbidden", HttpStatusCode.Forbidden);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("null")]
    public async Task A_foreign_page_is_refused_by_websocket(string origin)
    {
        await using var server = await TestServer.StartAsync();
        (await TryWebSocketAsync(server, "/socket.io/?EIO=4&transport=websocket", origin)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_foreign_page_can_neither_poll_post_to_nor_upgrade_a_session_it_knows()
    {
        await using var server = await TestServer.StartAsync();
        var client = await PollingClient.OpenAsync(server);
        using (var poll = await SendAsync(server, HttpMethod.Get, $"{Poll}&sid={client.Sid}", "https://evil.test"))
        {
            await poll.ShouldBeErrorAsync(4, "Forbidden", HttpStatusCode.Forbidden);
        }

        using (var post = await SendAsync(server, HttpMethod.Post, $"{Poll}&sid={client.Sid}", "https://evil.test", "40"))
        {
            await post.ShouldBeErrorAsync(4, "Forbidden", HttpStatusCode.Forbidden);
        }

        var upgrade = $"/socket.io/?EIO=4&transport=websocket&sid={client.Sid}";
        (await TryWebSocketAsync(server, upgrade, "https://evil.test")).ShouldBe(HttpStatusCode.BadRequest);
        await client.ConnectAsync();
    }

    [Fact]
    public async Task The_own_page_connects_without_any_settings()
    {
        await using var server = await TestServer.StartAsync();
        var own = server.Address.GetLeftPart(UriPartial.Authority);
        using var response = await SendAsync(server, HttpMethod.Get, Poll, own);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TryWebSocketAsync(server, "/socket.io/?EIO=4&transport=websocket", own)).ShouldBe(HttpStatusCode.SwitchingProtocols);
    }

    [Fact]
    public async Task An_allowed_page_connects_by_either_transport_and_is_told_so()
    {
        await using var server = await TestServer.StartAsync(o =>
        {
            o.AllowedOrigins.Add(Allowed);
            o.AllowCredentials = true;
        });
        using var response = await SendAsync(server, HttpMethod.Get, Poll, Allowed);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(response, "Access-Control-Allow-Origin").ShouldBe(Allowed);
        Header(response, "Access-Control-Allow-Credentials").ShouldBe("true");
        Header(response, "Vary").ShouldBe("Origin");
        (await TryWebSocketAsync(server, "/socket.io/?EIO=4&transport=websocket", Allowed)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await TryWebSocketAsync(server, "/socket.io/?EIO=4&transport=websocket", "https://evil.test")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_allowed_page_can_read_errors_too()
    {
        await using var server = await TestServer.StartAsync(o => o.AllowedOrigins.Add(Allowed));
        foreach (var (method, url) in new[] { (HttpMethod.Get, "/socket.io/?EIO=4"), (HttpMethod.Get, Poll + "&sid=x"), (HttpMethod.Put, Poll) })
        {
            using var response = await SendAsync(server, method, url, Allowed);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            Header(response, "Access-Control-Allow-Origin").ShouldBe(Allowed);
        }

        using var refused = await SendAsync(server, HttpMethod.Get, Poll, "https://evil.test");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_preflight_request_is_answered()
    {
        await using var server = await TestServer.StartAsync(o => o.AllowedOrigins.Add(Allowed));
        using var response = await SendAsync(server, HttpMethod.Options, Poll, Allowed, configure: request =>
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "x-custom");
        });

        await response.ShouldBeAsync(HttpStatusCode.NoContent, "");
        Header(response, "Access-Control-Allow-Origin").ShouldBe(Allowed);
        Header(response, "Access-Control-Allow-Methods").ShouldBe("GET, POST");
        Header(response, "Access-Control-Allow-Headers").ShouldBe("x-custom");
        Header(response, "Access-Control-Max-Age").ShouldBe("600");
        Header(response, "Vary").ShouldBe("Origin, Access-Control-Request-Headers");
    }

    [Fact]
    public async Task A_preflight_request_of_a_foreign_page_is_refused()
    {
        await using var server = await TestServer.StartAsync(o => o.AllowedOrigins.Add(Allowed));
        using var response = await SendAsync(server, HttpMethod.Options, Poll, "https://evil.test");
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.Contains("Access-Control-Allow-Methods").ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://anything.test")]
    [InlineData("null")]
    public async Task A_star_lets_every_page_in(string origin)
    {
        await using var server = await TestServer.StartAsync(o => o.AllowedOrigins.Add("*"));
        using var response = await SendAsync(server, HttpMethod.Get, Poll, origin);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(response, "Access-Control-Allow-Origin").ShouldBe("*");
        response.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        (await TryWebSocketAsync(server, "/socket.io/?EIO=4&transport=websocket", origin)).ShouldBe(HttpStatusCode.SwitchingProtocols);
    }

    [Fact]
    public async Task Programs_without_an_origin_are_never_asked_for_one()
    {
        await using var server = await TestServer.StartAsync(o => o.AllowedOrigins.Add(Allowed));
        using var response = await server.Http.GetAsync(Poll);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private static async Task<HttpResponseMessage> SendAsync(
        TestServer server, HttpMethod method, string url, string origin, string? body = null, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Content = body is null ? null : new StringContent(body);
        configure?.Invoke(request);
        return await server.Http.SendAsync(request);
    }

    private static async Task<HttpStatusCode> TryWebSocketAsync(TestServer server, string url, string origin)
    {
        ClientWebSocket? tried = null;
        try
        {
            await using var client = await WebSocketClient.ConnectAsync(
                server, url, o => o.SetRequestHeader("Origin", origin), s => tried = s);
            return HttpStatusCode.SwitchingProtocols;
        }
        catch (WebSocketException)
        {
            return tried!.HttpStatusCode;
        }
    }
}
