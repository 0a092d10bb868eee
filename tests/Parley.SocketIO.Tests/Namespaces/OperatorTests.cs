using System.Net;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

/// <summary>What stands between the application and an event: selections and ways of sending, which can be kept and used again.</summary>
public sealed class OperatorTests
{
    private readonly Recorder<Socket> _sockets = new();

    [Fact]
    public async Task A_selection_stays_what_it_is_whatever_is_made_of_it()
    {
        await using var server = await StartAsync();
        await using var one = await OpenAsync(server);
        await using var two = await OpenAsync(server);
        await using var sender = await OpenAsync(server);
        var (first, second, third) = (await _sockets.NextAsync(), await _sockets.NextAsync(), await _sockets.NextAsync());
        first.Join("red");
        second.Join("blue");
        var io = server.IO.Of("/");
        foreach (var red in new[] { io.To("red"), io.Local.In("red").Except("green"), third.To("red").Except("green") })
        {
            (await red.To("blue").FetchSocketsAsync()).Count.ShouldBe(2);
            (await red.Except(first.Id).FetchSocketsAsync()).ShouldBeEmpty();
            await red.In("blue").SocketsJoinAsync("both");
            (await red.FetchSocketsAsync()).ShouldHaveSingleItem().Id.ShouldBe(first.Id);
            (await io.FetchSocketsAsync()).Count.ShouldBe(3);
            (await io.To("both").FetchSocketsAsync()).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_way_of_sending_stays_what_it_is_whatever_is_made_of_it()
    {
        await using var server = await StartAsync(o => o.HttpCompression = new() { Threshold = 10 });
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var all = server.IO.Of("/").All;
        var plain = socket.Compress(false);
        all.Volatile.Emit("lost").ShouldBe(EmitResult.Skipped, "no poll is open");
        plain.Volatile.Emit("lost").ShouldBe(EmitResult.Skipped);
        _ = (all.Compress(false), plain.Compress(true));
        (await EncodingAsync(all)).ShouldBe("gzip");
        (await EncodingAsync(plain)).ShouldBe("");
        (await EncodingAsync(socket)).ShouldBe("gzip");

        async Task<string> EncodingAsync(IEventEmitter emitter)
        {
            emitter.Emit("text", "a text of some length, a text of some length").ShouldBe(EmitResult.Queued);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/socket.io/?EIO=4&transport=polling&sid={client.Sid}");
            request.Headers.Add("Accept-Encoding", "gzip");
            using var response = await server.Http.SendAsync(request, Deadline.Token());
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return string.Join(',', response.Content.Headers.ContentEncoding);
        }
    }

    [Fact]
    public async Task Nothing_that_emits_takes_a_name_that_clients_refuse()
    {
        var parents = new List<ParentNamespace>();
        await using var server = await StartAsync(io: io => parents.Add(io.Of((_, _) => false)));
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        foreach (var emitter in new IEventEmitter[]
        {
            socket, socket.Volatile, socket.Broadcast, socket.Namespace, socket.Namespace.To("r"), parents[0],
            (await socket.Namespace.FetchSocketsAsync())[0],
        })
        {
            Should.Throw<ArgumentException>(() => emitter.Emit("connect_error")).Message.ShouldContain("reserved");
            await Should.ThrowAsync<ArgumentException>(async () => await emitter.EmitAsync("disconnect", 1));
        }

        await Should.ThrowAsync<ArgumentException>(() => socket.EmitWithAckAsync("connect"));
        await Should.ThrowAsync<ArgumentException>(() => socket.Namespace.All.EmitWithAckAsync("connect"));
        socket.PendingAckCount.ShouldBe(0);
    }

    private Task<TestServer> StartAsync(Action<SocketIOOptions>? options = null, Action<SocketServer>? io = null) =>
        TestServer.StartAsync(options, server =>
        {
            io?.Invoke(server);
            server.Of("/").OnConnection(_sockets.Add);
        });

    private static async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        return client;
    }
}
