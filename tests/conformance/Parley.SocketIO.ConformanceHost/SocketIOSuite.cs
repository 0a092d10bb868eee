namespace Parley.SocketIO.ConformanceHost;

/// <summary>Socket.IO with the namespaces <c>/</c> and <c>/custom</c>.</summary>
internal static class SocketIOSuite
{
    public static void Map(WebApplication app)
    {
        app.MapSocketIO();
        var io = app.Services.GetRequiredService<SocketServer>();
        io.Of("/").OnConnection(socket =>
        {
            socket.On("message", e => { e.Socket.Emit("message-back", e.Arguments); });
            socket.On("message-with-ack", e => { e.Ack(e.Arguments); });
            return GreetAsync(socket);
        });
        io.Of("/custom").OnConnection(GreetAsync);
    }

    private static async ValueTask GreetAsync(Socket socket)
    {
        await Task.Delay(Apart.Pause);
        socket.Emit("auth", socket.Handshake.Auth);
    }
}
