using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class ConnectionTests
{
    public static TheoryData<SocketIOTransports> Transports => [SocketIOTransports.Polling, SocketIOTransports.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Several_namespaces_share_one_connection(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync(io: io =>
        {
            io.Of("/").OnConnection(s => s.On("where", e => { e.Ack(s.Namespace.Name); }));
            io.Of("chat").OnConnection(s => s.On("where", e => { e.Ack(s.Namespace.Name); }));
        });
        await using var client = await EngineClient.OpenAsync(server, transport);
        var main = await client.ConnectAsync();
        var chat = await client.ConnectAsync("/chat");
        chat.ShouldNotBe(main, StringComparer.Ordinal);
        main.ShouldNotBe(client.Sid, StringComparer.Ordinal);

        await client.SendAsync("42/chat,1[\"where\"]", "422[\"where\"]");
        string[] answers = [await client.ReceiveAsync(), await client.ReceiveAsync()];
        answers.ShouldBe(["43/chat,1[\"/chat\"]", "432[\"/\"]"], ignoreOrder: true);

        await client.SendAsync("41/chat,", "423[\"where\"]");
        (await client.ReceiveAsync()).ShouldBe("433[\"/\"]");
        await client.ConnectAsync("/chat");
    }

    [Theory]
    [InlineData("/random")]
    [InlineData("/ünknown")]
    [InlineData("/chat?x=1")]
    [InlineData("/Chat")]
    public async Task An_unknown_namespace_is_refused_and_the_connection_stays(string ns)
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/chat"));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync($"40{ns},");
        (await client.ReceiveAsync()).ShouldBe($"44{ns},{{\"message\":\"Invalid namespace\"}}");
        await client.ConnectAsync();
    }

    [Fact]
    public async Task A_namespace_may_be_made_while_the_server_runs()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/later");
        (await client.ReceiveAsync()).ShouldStartWith("44/later,");
        server.IO.Of("/later").ShouldBeSameAs(server.IO.Of("later"));
        await client.ConnectAsync("/later");
        Should.Throw<ArgumentException>(() => server.IO.Of("a,b"));
    }

    [Theory]
    [InlineData("42[\"e\"]")]
    [InlineData("41")]
    [InlineData("430[]")]
    [InlineData("44")]
    [InlineData("44{\"message\":\"x\"}")]
    [InlineData("451-[\"e\",{\"_placeholder\":true,\"num\":0}]")]
    [InlineData("4")]
    [InlineData("4abc")]
    [InlineData("4{}")]
    public async Task What_comes_first_must_be_a_connect(string packet)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync(packet);
        if (packet.StartsWith("45", StringComparison.Ordinal))
        {
            await client.SendAsync(new byte[] { 1 });
        }

        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        client.CloseCode.ShouldBe(1008);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_binary_packet_that_nothing_announced_closes_the_connection(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        await SendToEndAsync(client, new byte[] { 1, 2 });
    }

    [Theory]
    [InlineData("40")]
    [InlineData("42/other,[\"e\"]")]
    [InlineData("41/other")]
    [InlineData("43/other,0[]")]
    [InlineData("44{\"message\":\"x\"}")]
    [InlineData("42[\"disconnect\"]")]
    [InlineData("42")]
    [InlineData("47")]
    public async Task Breaking_the_protocol_closes_the_whole_connection(string packet)
    {
        var reasons = new Recorder<DisconnectReason>();
        await using var server = await TestServer.StartAsync(io: io =>
        {
            io.Of("/").OnConnection(s => s.OnDisconnected(reasons.Add));
            io.Of("/second").OnConnection(s => s.OnDisconnected(reasons.Add));
            io.Of("/other");
        });
        foreach (var transport in new[] { SocketIOTransports.WebSocket, SocketIOTransports.Polling })
        {
            await using var client = await EngineClient.OpenAsync(server, transport);
            await client.ConnectAsync();
            await client.ConnectAsync("/second");
            await SendToEndAsync(client, packet);
            (await reasons.TakeAsync(2)).ShouldAllBe(r => r.Name == "parse error" && r.Cause == DisconnectCause.ProtocolViolation);
        }
    }

    [Fact]
    public async Task A_namespace_may_be_named_without_its_slash_and_not_with_a_comma()
    {
        await using var server = await TestServer.StartAsync();
        server.IO.Of("").ShouldBeSameAs(server.IO.Of("/"));
        server.IO.Of("chat").ShouldBeSameAs(server.IO.Of("/chat"));
        server.IO.Of("chat").Name.ShouldBe("/chat");
        Should.Throw<ArgumentException>(() => server.IO.Of("/a,b")).Message.ShouldContain("comma");
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/,");
        (await client.ReceiveAsync()).ShouldStartWith("40{\"sid\":");
    }

    [Fact]
    public async Task Namespaces_of_a_connection_have_a_bound()
    {
        await using var server = await TestServer.StartAsync(
            o => o.MaxNamespacesPerConnection = 2,
            io =>
            {
                io.Of("/a");
                io.Of("/b");
            });
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.ConnectAsync("/a");
        await client.SendAsync("40/b");
        (await client.ReceiveAsync()).ShouldBe("44/b,{\"message\":\"Too many namespaces\"}");
        await client.SendAsync("41/a");
        await client.ConnectAsync("/b");
    }

    [Fact]
    public async Task Auth_and_handshake_are_what_the_client_said()
    {
        var connected = new Recorder<Socket>();
        await using var server = await TestServer.StartAsync(io: io =>
        {
            io.Of("/").OnConnection(connected.Add);
            io.Of("/other").OnConnection(connected.Add);
        });
        await using var client = await WebSocketClient.ConnectAsync(
            server, "/socket.io/?EIO=4&transport=websocket&room=blue&room=red", o => o.SetRequestHeader("X-Custom", "yes"));
        await client.ReceiveAsync();
        await client.ConnectAsync("/", """{"token":"123","deep":{"a":[1]}}""");
        await client.ConnectAsync("/other");

        var socket = await connected.NextAsync();
        var handshake = socket.Handshake;
        handshake.Auth.GetProperty("token").GetString().ShouldBe("123");
        handshake.Url.ShouldBe("/socket.io/?EIO=4&transport=websocket&room=blue&room=red");
        handshake.Query["room"].ShouldBe(["blue", "red"]);
        handshake.Headers["X-Custom"].ToString().ShouldBe("yes");
        handshake.Address!.ToString().ShouldBe("127.0.0.1");
        handshake.Secure.ShouldBeFalse();
        socket.User.Identity!.IsAuthenticated.ShouldBeFalse();
        socket.Connected.ShouldBeTrue();
        socket.Rooms.ShouldBe([socket.Id]);

        (await connected.NextAsync()).Handshake.Auth.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task Whatever_json_a_client_sends_as_auth_can_be_sent_back()
    {
        await using var server = await TestServer.StartAsync(
            io: io => io.Of("/").OnConnection(s => { s.Emit("auth", s.Handshake.Auth); }));
        await using var client = await WebSocketClient.OpenAsync(server);
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 64)) + "1" + new string('}', 64);
        await client.SendAsync("40" + deep);
        (await client.ReceiveAsync()).ShouldStartWith("40{\"sid\"");
        (await client.ReceiveAsync()).ShouldBe($"42[\"auth\",{deep}]");

        await client.SendAsync("41", """40{"a":"\ud83d","b":1.0e2}""");
        (await client.ReceiveAsync()).ShouldStartWith("40{\"sid\"");
        (await client.ReceiveAsync()).ShouldBe("""42["auth",{"a":"\ud83d","b":1.0e2}]""");
    }

    [Fact]
    public async Task The_answer_to_the_connect_comes_before_anything_the_application_emits()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(s => { s.Emit("hello"); }));
        using var stop = new CancellationTokenSource();
        var noise = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await server.IO.Of("/").EmitAsync("noise");
                await Task.Yield();
            }
        });
        for (var i = 0; i < 20; i++)
        {
            await using var client = await WebSocketClient.OpenAsync(server);
            await client.ConnectAsync();
            while (await client.ReceiveAsync() is var packet && packet != "42[\"hello\"]")
            {
                packet.ShouldBe("42[\"noise\"]");
            }
        }

        await stop.CancelAsync();
        await noise;
    }

    private static async Task SendToEndAsync(EngineClient client, Frame frame)
    {
        if (client is PollingClient polling)
        {
            using var response = await polling.PostAsync(frame.Text ?? "b" + Convert.ToBase64String(frame.Binary!));
            await response.ShouldBeErrorAsync(3, "Bad request");
        }
        else
        {
            await client.SendAsync(frame);
        }

        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
    }
}
