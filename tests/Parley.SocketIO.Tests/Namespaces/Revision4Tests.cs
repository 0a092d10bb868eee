using System.Text.Json;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Tests.Clients;

namespace Parley.SocketIO.Tests.Namespaces;

/// <summary>What is different for clients of Socket.IO 2.</summary>
public sealed class Revision4Tests
{
    [Theory]
    [InlineData("/a", "/a", null)]
    [InlineData("/a?", "/a", "{}")]
    [InlineData("/a?b=1&c=x%20y+z", "/a", """{"b":"1","c":"x y z"}""")]
    [InlineData("/a?b=1&b=2&B=3&d", "/a", """{"b":["1","2"],"B":"3","d":""}""")]
    [InlineData("/?__proto__=1&b=?", "/", """{"__proto__":"1","b":"?"}""")]
    [InlineData("/a?x=%ff%", "/a", """{"x":"%ff%"}""")]
    public void The_query_of_a_namespace_is_its_auth(string target, string name, string? auth)
    {
        var (actualName, actualAuth) = NamespaceQuery.Split(target);
        actualName.ShouldBe(name);
        if (auth is null)
        {
            actualAuth.ShouldBeNull();
        }
        else
        {
            JsonElement.DeepEquals(actualAuth!.Value, JsonElement.Parse(auth)).ShouldBeTrue(actualAuth.ToString());
        }
    }

    [Fact]
    public async Task The_main_namespace_is_entered_without_asking_and_its_middleware_may_refuse()
    {
        await using var server = await StartAsync(io => io.Of("/").Use(socket => ValueTask.FromResult(
            socket.Handshake.Query["token"] == "1" ? ConnectResult.Accept : ConnectResult.Refuse("no token"))));
        await using var welcome = await OpenAsync(server, "&token=1");
        (await welcome.ReceiveAsync()).ShouldBe("40");
        await using var refused = await OpenAsync(server);
        (await refused.ReceiveAsync()).ShouldBe("44\"no token\"");
    }

    [Fact]
    public async Task A_namespace_is_entered_with_a_query_and_its_name_alone_is_used_afterwards()
    {
        await using var server = await StartAsync(io => io.Of("/a").OnConnection(socket =>
        {
            socket.On("echo", e => { socket.Emit("echo", e.Arguments); });
            socket.Emit("auth", socket.Handshake.Auth);
        }));
        await using var client = await OpenAsync(server);
        (await client.ReceiveAsync()).ShouldBe("40");
        await client.SendAsync("40/a?token=x,");
        (await client.ReceiveAsync()).ShouldBe("40/a,");
        (await client.ReceiveAsync()).ShouldBe("""42/a,["auth",{"token":"x"}]""");
        await client.SendAsync("""42/a,["echo",1]""");
        (await client.ReceiveAsync()).ShouldBe("""42/a,["echo",1]""");
        await client.SendAsync("40/none?x=1,");
        (await client.ReceiveAsync()).ShouldBe("44/none,\"Invalid namespace\"");
    }

    [Theory]
    [InlineData("40")]
    [InlineData("40/?again=1,")]
    [InlineData("42/a,[\"x\"]")]
    [InlineData("44\"error\"")]
    public async Task Packets_out_of_place_close_the_connection(string packet)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        (await client.ReceiveAsync()).ShouldBe("40");
        await client.SendAsync(packet);
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_name_and_the_query_of_a_namespace_are_bounded_each()
    {
        await using var server = await StartAsync();
        foreach (var (target, refused) in new[]
        {
            ($"/{new string('n', 256)}?q", true),
            ($"/n?{new string('q', 8192)}", true),
            ($"/{new string('n', 255)}?{new string('q', 8191)}", false),
        })
        {
            await using var client = await OpenAsync(server);
            (await client.ReceiveAsync()).ShouldBe("40");
            await client.SendAsync($"40{target},");
            (await client.TryReceiveAsync() is null).ShouldBe(refused);
        }
    }

    [Fact]
    public async Task A_socket_that_comes_back_by_the_same_connection_is_reached_under_the_same_id()
    {
        await using var server = await StartAsync(io => io.Of("/a").OnConnection(static _ => { }));
        await using var client = await OpenAsync(server);
        (await client.ReceiveAsync()).ShouldBe("40");
        for (var i = 0; i < 20; i++)
        {
            await client.SendAsync("40/a,");
            (await client.ReceiveAsync()).ShouldBe("40/a,");
            var id = server.IO.Of("/a").Sockets.ShouldHaveSingleItem().Id;
            id.ShouldBe($"/a#{server.IO.Of("/").Sockets.Single().Id}");
            server.IO.Of("/a").To(id).Emit("hello", i);
            (await client.ReceiveAsync()).ShouldBe($"42/a,[\"hello\",{i}]");
            server.IO.Of("/a").Sockets.Single().Disconnect();
            (await client.ReceiveAsync()).ShouldBe("41/a,");
        }
    }

    [Fact]
    public async Task For_new_clients_a_question_mark_is_part_of_the_name()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/a?b=1,");
        (await client.ReceiveAsync()).ShouldBe("""44/a?b=1,{"message":"Invalid namespace"}""");
    }

    private static Task<TestServer> StartAsync(Action<SocketServer>? io = null) =>
        TestServer.StartAsync(o => o.AllowEio3 = true, io);

    private static async Task<WebSocketClient> OpenAsync(TestServer server, string query = "")
    {
        var client = await WebSocketClient.ConnectAsync(server, $"/socket.io/?EIO=3&transport=websocket{query}");
        (await client.ReceiveAsync()).ShouldStartWith("0{");
        return client;
    }
}
