using System.Collections.Concurrent;
using System.Text.Json;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>What the official JavaScript client is tried on, in two generations.</summary>
internal static class ClientSuite
{
    private static readonly ConcurrentDictionary<string, string> Reasons = new(StringComparer.Ordinal);

    public static void Map(WebApplication app)
    {
        app.MapSocketIO();
        var io = app.Services.GetRequiredService<SocketServer>();
        io.Of("/").OnConnection(Serve);
        io.Of("/custom").OnConnection(Serve);
        io.Of("/quiet").OnConnection(Handle);
        io.Of("/refused").Use(_ => ValueTask.FromResult(
            ConnectResult.Refuse("not you", JsonElement.Parse("""{"code":7}"""))));
        io.Of("/token").Use(socket => ValueTask.FromResult(
            socket.Handshake.Auth.TryGetProperty("token", out var token) && token.ValueEquals("secret")
                ? ConnectResult.Accept
                : ConnectResult.Refuse("unauthorized"))).OnConnection(Serve);
    }

    private static void Serve(Socket socket)
    {
        Handle(socket);
        socket.Emit("auth", socket.Handshake.Auth);
    }

    private static void Handle(Socket socket)
    {
        socket.OnDisconnected(reason => Reasons[socket.Id] = reason.Name);
        socket.On("echo", e => { socket.Emit("echo", e.Arguments); });
        socket.On("ack", e => { e.Ack(e.Arguments); });
        socket.On("id", e => e.Ack(socket.Id));
        socket.On("silence", _ => { });
        socket.On("ask", async (SocketEvent e) =>
        {
            var answer = await socket.EmitWithAckAsync("question", e.Arguments);
            e.Ack(answer);
        });
        socket.On("ask in vain", async (SocketEvent e) =>
        {
            try
            {
                await socket.Timeout(TimeSpan.FromMilliseconds(100)).EmitWithAckAsync("question in vain");
            }
            catch (AckException failure)
            {
                e.Ack(failure.Failure.ToString());
            }
        });
        socket.On("leave", _ => socket.Disconnect());
        socket.On("close", _ => socket.Disconnect(closeConnection: true));
        socket.On("count", (int n) =>
        {
            for (var i = 0; i < n; i++)
            {
                socket.Emit("n", i);
            }
        });
        socket.On("size", (SocketEvent e, string text) => e.Ack(text.Length));
        socket.On("bytes", (SocketEvent e, byte[] data) => e.Ack(data.Length));
        socket.On("join", (SocketEvent e, string room) =>
        {
            socket.Join(room);
            e.Ack();
        });
        socket.On("tell", (SocketEvent e, string room, JsonElement what) =>
        {
            socket.To(room).Emit("told", what);
            e.Ack();
        });
        socket.On("tell all", (SocketEvent e, JsonElement what) =>
        {
            socket.Namespace.Emit("told", what);
            e.Ack();
        });
        socket.On("tell at once or never", (SocketEvent e, string what) =>
        {
            socket.Namespace.Volatile.Emit("told", what);
            e.Ack();
        });
        socket.On("ask all", async (SocketEvent e) =>
        {
            var answers = await socket.Broadcast.Timeout(TimeSpan.FromSeconds(10)).EmitWithAckAsync("question", 1);
            e.Ack(answers.Count);
        });
        socket.On("rooms", e => e.Ack(socket.Rooms.Where(room => room != socket.Id).ToArray()));
        socket.On("recovered", e => e.Ack(socket.Recovered));
        socket.On("work", async (SocketEvent e) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            e.Ack("done");
        });
        socket.On("uncompressed", (string text) => { socket.Compress(false).Emit("echo", text); });
        socket.On("reason", (SocketEvent e, string id) => e.Ack(Reasons.GetValueOrDefault(id)));
    }
}
