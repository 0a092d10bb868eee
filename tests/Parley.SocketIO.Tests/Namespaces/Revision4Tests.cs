using System.Text.Json;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets.MessagePack;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

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
            actualAuth.IsEmpty.ShouldBeTrue();
        }
        else
        {
            var element = JsonElement.Parse(actualAuth.Span);
            JsonElement.DeepEquals(element, JsonElement.Parse(auth)).ShouldBeTrue(element.ToString());
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

    [Fact]
    public async Task A_parent_makes_a_namespace_for_its_name_without_the_query_and_reads_the_query_as_auth()
    {
        await using var server = await StartAsync(io => io
            .Of((name, auth) => name == "/room" && auth.TryGetProperty("token", out var token) && token.ValueEquals("x"))
            .OnConnection(socket => { socket.Emit("hello", socket.Namespace.Name); }));
        await using var client = await OpenAsync(server);
        (await client.ReceiveAsync()).ShouldBe("40");
        await client.SendAsync("40/room,");
        (await client.ReceiveAsync()).ShouldBe("44/room,\"Invalid namespace\"");
        await client.SendAsync("40/room?token=x,");
        (await client.ReceiveAsync()).ShouldBe("40/room,");
        (await client.ReceiveAsync()).ShouldBe("42/room,[\"hello\",\"/room\"]");
    }

    [Fact]
    public async Task The_rate_limit_counts_what_the_client_says_and_refuses_in_its_way()
    {
        await using var server = await TestServer.StartAsync(
            o => (o.AllowEio3, o.MaxEventsPerSecond, o.EventBurst) = (true, 1, 2),
            io =>
            {
                io.Of("/").OnConnection(socket => socket.On("ack", e => { e.Ack(); }));
                io.Of("/a");
            },
            new FakeTimeProvider());
        await using var client = await OpenAsync(server);
        (await client.ReceiveAsync()).ShouldBe("40");

        // The main namespace, which it did not ask for, cost nothing.
        await client.SendAsync("420[\"ack\"]", "421[\"ack\"]");
        (await client.ReceiveAsync()).ShouldBe("430[]");
        (await client.ReceiveAsync()).ShouldBe("431[]");
        await client.SendAsync("40/a?x=1,");
        (await client.ReceiveAsync()).ShouldBe("44/a,\"Too many events\"");
    }

    [Fact]
    public async Task It_speaks_JSON_beside_clients_that_bring_another_parser()
    {
        await using var server = await TestServer.StartAsync(o => o.UseMessagePack().AllowEio3 = true, io =>
        {
            io.Of("/refused").Use(_ => ValueTask.FromResult(ConnectResult.Refuse("no")));
            io.Of("/").OnConnection(socket => socket.On("tell", async (SocketEvent e, byte[] data) =>
            {
                io.Of("/").All.Emit("told", data);
                await io.Of("/").All.EmitAsync("told", data);
                e.Ack(data);
            }));
        });
        await using var other = await WebSocketClient.OpenAsync(server);
        await other.SendAsync(ToMessagePack(new(PacketType.Connect, "/", null, default, [])));
        await other.ReceiveBinaryAsync();
        await using var client = await OpenAsync(server);
        (await client.ReceiveAsync()).ShouldBe("40");
        await client.SendAsync("40/refused?x=1,");
        (await client.ReceiveAsync()).ShouldBe("44/refused,\"no\"");

        await client.SendAsync("451-7[\"tell\",{\"_placeholder\":true,\"num\":0}]", new byte[] { 4, 1, 2 });

        byte[] data = [1, 2];
        var told = new PacketContent(
            PacketType.Event, "/", null, "[\"told\",{\"_placeholder\":true,\"num\":0}]"u8.ToArray(), [data]);
        for (var i = 0; i < 2; i++)
        {
            (await client.ReceiveAsync()).ShouldBe("451-[\"told\",{\"_placeholder\":true,\"num\":0}]");
            (await client.ReceiveBinaryAsync()).ShouldBe([4, 1, 2]);
            (await other.ReceiveBinaryAsync()).ShouldBe(ToMessagePack(told));
        }

        (await client.ReceiveAsync()).ShouldBe("461-7[{\"_placeholder\":true,\"num\":0}]");
        (await client.ReceiveBinaryAsync()).ShouldBe([4, 1, 2]);
    }

    private static Task<TestServer> StartAsync(Action<SocketServer>? io = null) =>
        TestServer.StartAsync(o => o.AllowEio3 = true, io);

    private static async Task<WebSocketClient> OpenAsync(TestServer server, string query = "")
    {
        var client = await WebSocketClient.ConnectAsync(server, $"/socket.io/?EIO=3&transport=websocket{query}");
        (await client.ReceiveAsync()).ShouldStartWith("0{");
        return client;
    }

    private static byte[] ToMessagePack(in PacketContent content)
    {
        var packet = new EncodedPacket();
        MessagePackParser.Instance.Encode(content, packet);
        return packet.Message.ToArray();
    }
}
