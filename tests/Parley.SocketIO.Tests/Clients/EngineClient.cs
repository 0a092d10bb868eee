using System.Text;
using System.Text.Json;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Tests.Clients;

/// <summary>An Engine.IO packet as it travels: text with its type digit, or bare bytes.</summary>
internal readonly record struct Frame(string? Text, byte[]? Binary)
{
    public static implicit operator Frame(string text) => new(text, null);

    public static implicit operator Frame(byte[] binary) => new(null, binary);

    public override string ToString() => Text ?? "binary " + Convert.ToHexString(Binary!);
}

/// <summary>A client that sends and receives bare packets and decides nothing by itself, over either transport.</summary>
internal abstract class EngineClient : IAsyncDisposable
{
    public OpenBody Open { get; protected set; } = null!;

    public string Sid => Open.Sid;

    public static async Task<EngineClient> OpenAsync(TestServer server, SocketIOTransports transport) =>
        transport == SocketIOTransports.Polling
            ? await PollingClient.OpenAsync(server)
            : await WebSocketClient.OpenAsync(server);

    /// <summary>Sends packets; polling sends them as one payload.</summary>
    public abstract Task SendAsync(params Frame[] frames);

    /// <summary>The next packet; null when the connection has ended.</summary>
    public abstract Task<Frame?> TryReceiveAsync();

    public async Task<Frame> ReceiveFrameAsync() =>
        await TryReceiveAsync() ?? throw new InvalidOperationException("The connection ended instead.");

    /// <summary>The next packet, which is text.</summary>
    public async Task<string> ReceiveAsync()
    {
        var frame = await ReceiveFrameAsync();
        return frame.Text ?? throw new InvalidOperationException($"Text was expected, not {frame}.");
    }

    /// <summary>The next packet, which is binary.</summary>
    public async Task<byte[]> ReceiveBinaryAsync()
    {
        var frame = await ReceiveFrameAsync();
        return frame.Binary ?? throw new InvalidOperationException($"Binary was expected, not {frame}.");
    }

    /// <summary>Joins a namespace; the socket's public id.</summary>
    public async Task<string> ConnectAsync(string ns = "/", string auth = "")
    {
        var prefix = ns == "/" ? "" : ns + ",";
        await SendAsync($"40{prefix}{auth}");
        var answer = await ReceiveAsync();
        answer.ShouldStartWith($"40{prefix}{{\"sid\":\"");
        return JsonDocument.Parse(answer[(2 + prefix.Length)..]).RootElement.GetProperty("sid").GetString()!;
    }

    /// <summary>The connection must end; what still comes before that is returned.</summary>
    public async Task<List<Frame>> ReceiveToEndAsync()
    {
        List<Frame> all = [];
        while (await TryReceiveAsync() is { } frame)
        {
            all.Add(frame);
        }

        return all;
    }

    public abstract ValueTask DisposeAsync();

    protected static OpenBody ReadOpen(string packet)
    {
        packet.ShouldStartWith("0{");
        return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(packet[1..]), EngineJson.Default.OpenBody)!;
    }
}
