using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

/// <summary>What can be done with many sockets at once.</summary>
public sealed class SelectionTests : IAsyncLifetime
{
    private readonly List<(WebSocketClient Client, Socket Socket)> _people = [];
    private readonly Recorder<DisconnectReason> _ended = new();
    private TestServer _server = null!;

    private SocketNamespace Io => _server.IO.Of("/");

    public async ValueTask InitializeAsync()
    {
        var sockets = new Recorder<Socket>();
        _server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(s =>
        {
            s.OnDisconnected(_ended.Add);
            sockets.Add(s);
        }));
        for (var i = 0; i < 3; i++)
        {
            var client = await WebSocketClient.OpenAsync(_server);
            await client.ConnectAsync(auth: $"{{\"name\":\"p{i}\"}}");
            _people.Add((client, await sockets.NextAsync()));
        }

        _people[0].Socket.Join("red");
        _people[1].Socket.Join("red");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (client, _) in _people)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Fetched_sockets_tell_who_they_are_and_can_be_spoken_to()
    {
        _people[1].Socket.Items["seat"] = 7;
        (await Io.FetchSocketsAsync()).Select(s => s.Id).ShouldBe(_people.Select(p => p.Socket.Id), ignoreOrder: true);
        var one = (await Io.To("red").Except(_people[0].Socket.Id).FetchSocketsAsync()).ShouldHaveSingleItem();
        one.Id.ShouldBe(_people[1].Socket.Id);
        one.Rooms.ShouldBe([one.Id, "red"], ignoreOrder: true);
        one.Handshake.Auth.GetProperty("name").GetString().ShouldBe("p1");
        one.Items["seat"].ShouldBe(7);

        one.Emit("hello").ShouldBe(EmitResult.Queued);
        (await one.EmitAsync("again")).ShouldBe(EmitResult.Queued);
        (await _people[1].Client.ReceiveAsync()).ShouldBe("42[\"hello\"]");
        (await _people[1].Client.ReceiveAsync()).ShouldBe("42[\"again\"]");
        await one.JoinAsync("blue");
        await one.LeaveAsync("red");
        _people[1].Socket.Rooms.ShouldBe([one.Id, "blue"], ignoreOrder: true);
        await one.DisconnectAsync();
        (await _people[1].Client.ReceiveAsync()).ShouldBe("41");
    }

    [Fact]
    public async Task Sockets_join_and_leave_together()
    {
        await Io.To("red").SocketsJoinAsync("blue");
        (await Io.In("blue").FetchSocketsAsync()).Count.ShouldBe(2);
        await Io.SocketsLeaveAsync("red");
        (await Io.In("red").FetchSocketsAsync()).ShouldBeEmpty();
        await Io.SocketsJoinAsync("all");
        (await Io.In("all").FetchSocketsAsync()).Count.ShouldBe(3);
        await Should.ThrowAsync<ArgumentException>(async () => await Io.SocketsJoinAsync(""));
        await Should.ThrowAsync<ArgumentException>(async () => await Io.SocketsLeaveAsync(""));
    }

    [Fact]
    public async Task Sockets_are_taken_out_of_the_namespace_together()
    {
        await Io.To("red").DisconnectSocketsAsync();
        (await _people[0].Client.ReceiveAsync()).ShouldBe("41");
        (await _people[1].Client.ReceiveAsync()).ShouldBe("41");
        (await _ended.TakeAsync(2)).ShouldAllBe(r => r.Cause == DisconnectCause.ServerDisconnected);
        Io.Sockets.ShouldHaveSingleItem().ShouldBeSameAs(_people[2].Socket);
        await _people[0].Client.ConnectAsync();
    }

    [Fact]
    public async Task Connections_are_closed_together()
    {
        await Io.DisconnectSocketsAsync(closeConnection: true);
        foreach (var (client, _) in _people)
        {
            (await client.ReceiveToEndAsync()).Select(f => f.Text).ShouldBe(["41"]);
        }
    }

    [Fact]
    public async Task A_server_on_its_own_tells_other_servers_nothing_and_itself_neither()
    {
        var heard = new Recorder<string>();
        Io.OnServerSide("e", e => heard.Add($"{e.Name} {e.Arguments.Get<int>(0)}"));
        await Io.ServerSideEmitAsync("e");
        await Io.ServerSideEmitAsync("e", 1);
        await Io.ServerSideEmitAsync("e", 1, "two");
        heard.IsEmpty.ShouldBeTrue();
        await Should.ThrowAsync<ArgumentException>(async () => await Io.ServerSideEmitAsync("disconnect"));
    }

    [Fact]
    public async Task What_another_server_tells_reaches_those_who_listen_to_it()
    {
        _server.ExpectingErrors();
        var heard = new Recorder<string>();
        Io.OnServerSide("e", _ => throw new InvalidOperationException("on purpose"));
        Io.OnServerSide("e", e => heard.Add($"{e.Name} {e.Arguments.Get<int>(0)}"));
        Io.OnServerSide("other", _ => heard.Add("other"));
        var encoder = _server.IO.Encoder;
        var packet = encoder.Event("/", "e", null, 7, static (writer, a) => writer.Write(a));
        Io.HandleServerSide(new ServerSideEvent("e", encoder.ReadArguments(packet)));
        (await heard.NextAsync()).ShouldBe("e 7");
        heard.IsEmpty.ShouldBeTrue();
    }
}
