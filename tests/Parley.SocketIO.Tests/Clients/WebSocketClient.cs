using System.Net.WebSockets;
using System.Text;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Clients;

/// <summary>A WebSocket by hand: one packet a message.</summary>
internal sealed class WebSocketClient : EngineClient
{
    private WebSocketClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    /// <summary>The code of the server's closing frame; null when the connection just broke.</summary>
    public int? CloseCode => (int?)Socket.CloseStatus;

    /// <summary>A new session.</summary>
    public static async Task<WebSocketClient> OpenAsync(TestServer server, string path = "/socket.io/", string query = "")
    {
        var client = await ConnectAsync(server, $"{path}?EIO=4&transport=websocket{query}");
        client.Open = ReadOpen(await client.ReceiveAsync());
        return client;
    }

    /// <summary>A WebSocket for a session that polls.</summary>
    public static async Task<WebSocketClient> UpgradeAsync(TestServer server, EngineClient polling, string path = "/socket.io/")
    {
        var client = await ConnectAsync(server, $"{path}?EIO=4&transport=websocket&sid={polling.Sid}");
        client.Open = polling.Open;
        return client;
    }

    public static async Task<WebSocketClient> ConnectAsync(
        TestServer server, string url, Action<ClientWebSocketOptions>? configure = null, Action<ClientWebSocket>? tried = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        tried?.Invoke(socket);
        var uri = new Uri(server.Address, url);
        await socket.ConnectAsync(new UriBuilder(uri) { Scheme = "ws" }.Uri, Deadline.Token());
        return new WebSocketClient(socket);
    }

    public override async Task SendAsync(params Frame[] frames)
    {
        foreach (var frame in frames)
        {
            var (data, type) = frame.Text is { } text
                ? (Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text)
                : (frame.Binary!, WebSocketMessageType.Binary);
            await Socket.SendAsync(data, type, endOfMessage: true, Deadline.Token());
        }
    }

    public override async Task<Frame?> TryReceiveAsync()
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await Socket.ReceiveAsync(buffer.AsMemory(), Deadline.Token());
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (received.MessageType == WebSocketMessageType.Close)
            {
                await AnswerCloseAsync();
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return received.MessageType == WebSocketMessageType.Text
                    ? Encoding.UTF8.GetString(message.ToArray())
                    : message.ToArray();
            }
        }
    }

    /// <summary>Sends the closing frame and waits for the server's.</summary>
    public async Task CloseAsync()
    {
        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Deadline.Token());
        await ReceiveToEndAsync();
    }

    public override ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AnswerCloseAsync()
    {
        if (Socket.State == WebSocketState.CloseReceived)
        {
            try
            {
                await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Deadline.Token());
            }
            catch (WebSocketException)
            {
                // The server did not wait for the answer.
            }
        }
    }
}
