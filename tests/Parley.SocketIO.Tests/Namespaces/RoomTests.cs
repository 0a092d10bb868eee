using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class RoomTests : IAsyncLifetime
{
    private readonly Dictionary<string, (WebSocketClient Client, Socket Socket)> _people = new(StringComparer.Ordinal);
    private TestServer _server = null!;

    private SocketNamespace Io => _server.IO.Of("/");

    public async ValueTask InitializeAsync()
    {
        var sockets = new Recorder<Socket>();
        _server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(sockets.Add));
        foreach (var name in new[] { "ann", "bob", "cid", "dan" })
        {
            var client = await WebSocketClient.OpenAsync(_server);
            await client.ConnectAsync();
            _people[name] = (client, await sockets.NextAsync());
        }

        Join("ann", "red");
        Join("bob", "red", "blue");
        Join("cid", "blue");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (client, _) in _people.Values)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Everybody() => await ShouldReachAsync(Io, "ann", "bob", "cid", "dan");

    [Fact]
    public async Task Those_in_a_room() => await ShouldReachAsync(Io.To("red"), "ann", "bob");

    [Fact]
    public async Task Those_in_any_of_two_rooms_once_each() => await ShouldReachAsync(Io.To("red").In("blue"), "ann", "bob", "cid");

    [Fact]
    public async Task Those_not_in_a_room() => await ShouldReachAsync(Io.Except("red"), "cid", "dan");

    [Fact]
    public async Task Those_in_a_room_but_not_in_another() => await ShouldReachAsync(Io.To("red").Except("blue"), "ann");

    [Fact]
    public async Task Nobody_in_a_room_that_is_empty() => await ShouldReachAsync(Io.To("green"));

    [Fact]
    public async Task A_single_one_by_its_id() => await ShouldReachAsync(Io.To(_people["dan"].Socket.Id), "dan");

    [Fact]
    public async Task Everybody_but_a_single_one() => await ShouldReachAsync(Io.Except(_people["dan"].Socket.Id), "ann", "bob", "cid");

    [Fact]
    public async Task Everybody_but_the_sender() => await ShouldReachAsync(_people["ann"].Socket.Broadcast, "bob", "cid", "dan");

    [Fact]
    public async Task Those_in_the_senders_room_but_not_the_sender() => await ShouldReachAsync(_people["bob"].Socket.To("red"), "ann");

    [Fact]
    public async Task Those_whom_the_sender_excepts_not() =>
        await ShouldReachAsync(_people["ann"].Socket.Except("blue"), "dan");

    [Fact]
    public async Task The_sender_itself() => await ShouldReachAsync(_people["ann"].Socket, "ann");

    [Fact]
    public async Task Those_who_left_no_more()
    {
        _people["ann"].Socket.Leave("red");
        _people["ann"].Socket.Rooms.ShouldBe([_people["ann"].Socket.Id]);
        await ShouldReachAsync(Io.To("red"), "bob");
    }

    [Fact]
    public async Task Those_who_are_gone_no_more()
    {
        var (client, socket) = _people["bob"];
        await client.SendAsync("41");
        await Deadline.Until(() => socket.Rooms.Count == 0);
        socket.Join("red");
        socket.Rooms.ShouldBeEmpty();
        Io.Sockets.Count.ShouldBe(3);
        _people.Remove("bob");
        await client.DisposeAsync();
        await ShouldReachAsync(Io.To("red"), "ann");
        await ShouldReachAsync(Io, "ann", "cid", "dan");
    }

    [Fact]
    public async Task Nobody_of_another_namespace()
    {
        _server.IO.Of("/other").OnConnection(s => s.Join("red"));
        await _people["dan"].Client.ConnectAsync("/other");
        await ShouldReachAsync(Io.To("red"), "ann", "bob");
        _server.IO.Of("/other").To("red").Emit("x");
        (await _people["dan"].Client.ReceiveAsync()).ShouldBe("42/other,[\"x\"]");
    }

    [Fact]
    public async Task Everybody_with_back_pressure()
    {
        (await Io.EmitAsync("e", 1, "two", true, 4)).ShouldBe(EmitResult.Queued);
        foreach (var (client, _) in _people.Values)
        {
            (await client.ReceiveAsync()).ShouldBe("42[\"e\",1,\"two\",true,4]");
        }
    }

    [Fact]
    public void A_room_has_a_name()
    {
        var socket = _people["ann"].Socket;
        Should.Throw<ArgumentException>(() => socket.Join(""));
        Should.Throw<ArgumentException>(() => socket.Leave(""));
        Should.Throw<ArgumentException>(() => socket.To(""));
        Should.Throw<ArgumentException>(() => Io.Except(""));
    }

    private void Join(string name, params string[] rooms)
    {
        foreach (var room in rooms)
        {
            _people[name].Socket.Join(room);
        }

        _people[name].Socket.Rooms.ShouldBe([_people[name].Socket.Id, .. rooms], ignoreOrder: true);
    }

    /// <summary>What comes before the end mark has reached somebody; everybody gets the mark.</summary>
    private async Task ShouldReachAsync(IEventEmitter emitter, params string[] names)
    {
        emitter.Emit("hello").ShouldBe(EmitResult.Queued);
        Io.Emit("end");
        List<string> reached = [];
        foreach (var (name, (client, _)) in _people)
        {
            while (await client.ReceiveAsync() is var packet && packet != "42[\"end\"]")
            {
                packet.ShouldBe("42[\"hello\"]");
                reached.Add(name);
            }
        }

        reached.ShouldBe(names);
    }
}
