using System.Net;
using System.Net.WebSockets;
using Parley.SocketIO.Tests.Clients;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class HandshakeTests
{
    [Fact]
    public async Task A_poll_without_a_session_opens_one()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Http.GetAsync("/socket.io/?EIO=4&transport=polling");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=UTF-8");
        response.Headers.CacheControl!.ToString().ShouldBe("no-store");
        (await response.Content.ReadAsStringAsync()).ShouldMatch(
            """^0\{"sid":"[A-Za-z0-9_-]{20}","upgrades":\["websocket"\],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000\}$""");
    }

    [Fact]
    public async Task A_websocket_without_a_session_opens_one_that_has_nowhere_to_upgrade_to()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await WebSocketClient.ConnectAsync(server, "/socket.io/?EIO=4&transport=websocket");

        (await client.ReceiveAsync()).ShouldMatch(
            """^0\{"sid":"[A-Za-z0-9_-]{20}","upgrades":\[\],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000\}$""");
    }

    [Fact]
    public async Task Upgrades_are_offered_only_where_they_are_allowed()
    {
        await using var without = await TestServer.StartAsync(o => o.AllowUpgrades = false);
        (await PollingClient.OpenAsync(without)).Open.Upgrades.ShouldBeEmpty();
        await using var pollingOnly = await TestServer.StartAsync(o => o.Transports = SocketIOTransports.Polling);
        (await PollingClient.OpenAsync(pollingOnly)).Open.Upgrades.ShouldBeEmpty();
    }

    [Fact]
    public async Task Session_ids_are_not_guessable_from_one_another_and_are_not_socket_ids()
    {
        await using var server = await TestServer.StartAsync();
        HashSet<string> ids = [];
        for (var i = 0; i < 20; i++)
        {
            var client = await PollingClient.OpenAsync(server);
            ids.Add(client.Sid).ShouldBeTrue();
            ids.Add(await client.ConnectAsync()).ShouldBeTrue();
        }

        ids.ShouldAllBe(id => id.Length == 20);
        ids.Select(id => id[..4]).ToHashSet(StringComparer.Ordinal).Count.ShouldBe(40);
    }

    [Theory]
    [InlineData("/socket.io")]
    [InlineData("/socket.io/")]
    [InlineData("/socket.io/anything/below")]
    public async Task The_path_is_a_prefix(string path)
    {
        await using var server = await TestServer.StartAsync();
        (await server.Http.GetAsync($"{path}?EIO=4&transport=polling")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Other_paths_are_not_touched()
    {
        await using var server = await TestServer.StartAsync();
        (await server.Http.GetAsync("/socket.iox/?EIO=4&transport=polling")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("EIO=4", 0, "Transport unknown")]
    [InlineData("EIO=4&transport=abc", 0, "Transport unknown")]
    [InlineData("EIO=4&transport=constructor", 0, "Transport unknown")]
    [InlineData("EIO=4&transport=__proto__", 0, "Transport unknown")]
    [InlineData("EIO=4&transport=Polling", 0, "Transport unknown")]
    [InlineData("EIO=4&transport=polling&transport=polling", 0, "Transport unknown")]
    [InlineData("EIO=4&transport=polling&sid=unknown", 1, "Session ID unknown")]
    [InlineData("EIO=3&transport=polling&sid=unknown", 1, "Session ID unknown")]
    [InlineData("EIO=4&transport=websocket", 3, "Bad request")]
    [InlineData("EIO=4&transport=websocket&sid=unknown", 1, "Session ID unknown")]
    [InlineData("EIO=3&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("EIO=abc&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("transport=polling", 5, "Unsupported protocol version")]
    [InlineData("EIO=abc&transport=websocket", 3, "Bad request")]
    public async Task A_bad_request_is_told_what_is_wrong_with_it(string query, int code, string message)
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Http.GetAsync($"/socket.io/?{query}");
        await response.ShouldBeErrorAsync(code, message);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_session_is_opened_with_get_only(string method)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(new(method), "/socket.io/?EIO=4&transport=polling");
        using var response = await server.Http.SendAsync(request);
        await response.ShouldBeErrorAsync(2, "Bad handshake method");
    }

    [Theory]
    [InlineData("EIO=3&transport=websocket")]
    [InlineData("transport=websocket")]
    [InlineData("EIO=4")]
    [InlineData("EIO=4&transport=polling")]
    [InlineData("EIO=4&transport=abc")]
    [InlineData("EIO=4&transport=websocket&sid=unknown")]
    public async Task A_bad_websocket_is_refused_before_it_is_one(string query)
    {
        await using var server = await TestServer.StartAsync();
        await ShouldBeRefusedAsync(server, query, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_transport_that_is_switched_off_is_unknown()
    {
        await using var webSocketOnly = await TestServer.StartAsync(o => o.Transports = SocketIOTransports.WebSocket);
        using var response = await webSocketOnly.Http.GetAsync("/socket.io/?EIO=4&transport=polling");
        await response.ShouldBeErrorAsync(0, "Transport unknown");
        await using var client = await WebSocketClient.OpenAsync(webSocketOnly);

        await using var pollingOnly = await TestServer.StartAsync(o => o.Transports = SocketIOTransports.Polling);
        await ShouldBeRefusedAsync(pollingOnly, "EIO=4&transport=websocket", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task Sessions_are_bounded_by_address_and_in_total(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync(o => o.MaxSessionsPerAddress = 2);
        await using var first = await EngineClient.OpenAsync(server, transport);
        await using var second = await EngineClient.OpenAsync(server, transport);
        using (var response = await server.Http.GetAsync("/socket.io/?EIO=4&transport=polling"))
        {
            await response.ShouldBeErrorAsync(4, "Too many sessions from this address", HttpStatusCode.TooManyRequests);
        }

        await ShouldBeRefusedAsync(server, "EIO=4&transport=websocket", HttpStatusCode.TooManyRequests);
        await first.SendAsync("1");
        await first.ReceiveToEndAsync();
        await using var again = await EngineClient.OpenAsync(server, transport);

        await using var full = await TestServer.StartAsync(o => o.MaxSessions = 1);
        await using var only = await EngineClient.OpenAsync(full, transport);
        using (var response = await full.Http.GetAsync("/socket.io/?EIO=4&transport=polling"))
        {
            await response.ShouldBeErrorAsync(4, "Too many sessions", HttpStatusCode.ServiceUnavailable);
        }
    }

    private static async Task ShouldBeRefusedAsync(TestServer server, string query, HttpStatusCode status)
    {
        ClientWebSocket? tried = null;
        await Should.ThrowAsync<WebSocketException>(WebSocketClient.ConnectAsync(server, $"/socket.io/?{query}", tried: s => tried = s));
        tried!.HttpStatusCode.ShouldBe(status);
    }
}
