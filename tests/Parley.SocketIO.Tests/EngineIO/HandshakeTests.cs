using System.Net;
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
}
