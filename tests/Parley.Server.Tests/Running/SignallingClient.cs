using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Parley.Server.Tests.Running;

/// <summary>
/// A client that speaks Socket.IO over WebSocket by hand, so that a test sees every frame in its order and can send what no real
/// client would.
/// </summary>
public sealed class SignallingClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _webSocket = new();
    private readonly Channel<Received> _events = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _acks = new();
    private readonly ConcurrentQueue<string> _order = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _freezes;
    private Task _reading = Task.CompletedTask;
    private int _lastAck;

    /// <summary>An event of the server.</summary>
    public sealed record Received(string Name, JsonNode Payload);

    /// <summary>The answer to the join, once admitted.</summary>
    public JsonNode Admitted { get; private set; } = null!;

    public string Id => (string)Admitted["self"]!["id"]!;

    public string Seat => (string)Admitted["seat"]!;

    public long Incarnation => (long)Admitted["self"]!["incarnation"]!;

    /// <summary>What the server said of the connection first.</summary>
    public JsonNode Open { get; private set; } = null!;

    /// <summary>What came, in order: "ack 1", "welcome"...</summary>
    public IReadOnlyList<string> Order => [.. _order];

    /// <summary>Connects, whatever the certificate, with headers of its own if a test is about them.</summary>
    public static async Task<SignallingClient> ConnectAsync(Uri server, params (string Name, string Value)[] headers)
    {
        var client = new SignallingClient();
        foreach (var (name, value) in headers)
        {
            client._webSocket.Options.SetRequestHeader(name, value);
        }

        using var patience = new CancellationTokenSource(Patience);
        client._webSocket.Options.RemoteCertificateValidationCallback = static (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable);
        var uri = new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/socket.io/", Query = "EIO=4&transport=websocket" }.Uri;
        await client._webSocket.ConnectAsync(uri, patience.Token);
        var open = await client.ReadFrameAsync(patience.Token);
        open.ShouldStartWith("0{");
        client.Open = JsonNode.Parse(open[1..])!;
        await client.SendFrameAsync("40");
        (await client.ReadFrameAsync(patience.Token)).ShouldStartWith("40{");
        client._reading = client.ReadAsync();
        return client;
    }

    public static JsonObject Join(string room, string name = "Ada", long incarnation = 1, string? seat = null, string? token = null)
    {
        var join = new JsonObject
        {
            ["protocol"] = 3,
            ["room"] = room,
            ["name"] = name,
            ["incarnation"] = incarnation,
            ["media"] = Media(),
        };
        if (seat is not null)
        {
            join["seat"] = seat;
        }

        if (token is not null)
        {
            join["token"] = token;
        }

        return join;
    }

    public static JsonObject Media(bool microphone = true, bool camera = true, bool screen = false) =>
        new() { ["microphone"] = microphone, ["camera"] = camera, ["screen"] = screen };

    public async Task JoinAsync(string room, string name = "Ada", long incarnation = 1, string? seat = null, string? token = null)
    {
        var answer = await RequestAsync("join", Join(room, name, incarnation, seat, token));
        ((string?)answer["status"]).ShouldBe("admitted", answer.ToJsonString());
        Admitted = answer;
    }

    /// <summary>Joins a room whose waiting room is on.</summary>
    public async Task WaitAsync(string room, string name = "Ada", long incarnation = 1, string? seat = null)
    {
        var answer = await RequestAsync("join", Join(room, name, incarnation, seat));
        ((string?)answer["status"]).ShouldBe("waiting", answer.ToJsonString());
    }

    /// <summary>Waits until the door opens: what it says then is the answer to the join.</summary>
    public async Task EnterAsync()
    {
        var answer = await ExpectAsync("door");
        ((string?)answer["status"]).ShouldBe("admitted", answer.ToJsonString());
        Admitted = answer;
    }

    /// <summary>A request that must succeed.</summary>
    public async Task DoAsync(string name, JsonNode? payload = null)
    {
        var answer = await RequestAsync(name, payload);
        ((bool)answer["ok"]!).ShouldBeTrue(answer.ToJsonString());
    }

    /// <summary>The code of a request that must fail.</summary>
    public async Task<string?> FailAsync(string name, JsonNode? payload = null) => (string?)(await RequestAsync(name, payload))["error"]?["code"];

    /// <summary>Waits for the next event of this name, and passes over others.</summary>
    public async Task<JsonNode> ExpectSoonAsync(string name)
    {
        while (true)
        {
            var received = await ExpectAnyAsync();
            if (received.Name == name)
            {
                return received.Payload;
            }
        }
    }

    /// <summary>An offer or answer to another client, or the frame of a candidate.</summary>
    public JsonObject Description(SignallingClient to) => new()
    {
        ["to"] = to.Id,
        ["incarnations"] = new JsonObject { ["from"] = Incarnation, ["to"] = to.Incarnation },
        ["connection"] = "Connection_1-a",
        ["number"] = 1,
        ["sdp"] = "v=0\r\n",
        ["sources"] = new JsonObject { ["0"] = "microphone", ["1"] = "camera", ["2"] = "screen", ["3"] = "screen-audio" },
    };

    public JsonObject Candidate(SignallingClient to) => new()
    {
        ["to"] = to.Id,
        ["incarnations"] = new JsonObject { ["from"] = Incarnation, ["to"] = to.Incarnation },
        ["connection"] = "Connection_1-a",
        ["candidate"] = new JsonObject
        {
            ["candidate"] = "candidate:1 1 udp 1 192.0.2.1 5000 typ host",
            ["sdpMid"] = "0",
            ["sdpMLineIndex"] = 0,
            ["usernameFragment"] = "abcd",
        },
    };

    /// <summary>Sends a request and waits for its acknowledgement.</summary>
    public async Task<JsonNode> RequestAsync(string name, JsonNode? payload = null)
    {
        var answer = await RequestRawAsync($"[{JsonValue.Create(name).ToJsonString()}{(payload is null ? "" : $",{payload.ToJsonString()}")}]");
        return answer.ShouldNotBeNull();
    }

    /// <summary>The same, with the JSON array written by the test.</summary>
    public async Task<JsonNode?> RequestRawAsync(string json)
    {
        var ack = Interlocked.Increment(ref _lastAck);
        var answered = _acks.GetOrAdd(ack, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendFrameAsync(string.Create(CultureInfo.InvariantCulture, $"42{ack}{json}"));
        return await answered.Task.WaitAsync(Patience);
    }

    /// <summary>Sends an event that asks for no acknowledgement.</summary>
    public Task SendAsync(string name, JsonNode payload) => SendFrameAsync($"42[\"{name}\",{payload.ToJsonString()}]");

    /// <summary>The same, with the JSON array written by the test.</summary>
    public Task SendRawAsync(string json) => SendFrameAsync($"42{json}");

    /// <summary>Waits for the next event.</summary>
    public Task<Received> ExpectAnyAsync() => ExpectAnyAsync(Patience);

    /// <summary>The same, with more patience.</summary>
    public Task<Received> ExpectAnyAsync(TimeSpan patience) => _events.Reader.ReadAsync().AsTask().WaitAsync(patience);

    /// <summary>Waits for the next event; null when the connection ends before.</summary>
    public async Task<Received?> TryExpectAnyAsync() =>
        await _events.Reader.WaitToReadAsync() && _events.Reader.TryRead(out var received) ? received : null;

    /// <summary>Waits for the next event, which must be of this name.</summary>
    public async Task<JsonNode> ExpectAsync(string name)
    {
        var received = await ExpectAnyAsync();
        received.Name.ShouldBe(name, received.Payload.ToJsonString());
        return received.Payload;
    }

    /// <summary>
    /// Shows that nothing has come that was not expected: what the server queued before the answer to this request has arrived.
    /// </summary>
    public async Task ExpectNothingAsync()
    {
        await RequestAsync("iceServers");
        _events.Reader.TryRead(out var received).ShouldBeFalse(received?.ToString());
    }

    /// <summary>Forgets the events that have come.</summary>
    public void Forget()
    {
        while (_events.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>
    /// From now on nothing is read, answered or said, as when the network is gone: the server has to find out by itself.
    /// </summary>
    public void Freeze() => _freezes = true;

    /// <summary>Waits until the server has ended the connection.</summary>
    public Task EndAsync() => _reading.WaitAsync(Patience);

    /// <summary>Breaks the connection without a word.</summary>
    public void Abort() => _webSocket.Abort();

    public async Task CloseAsync()
    {
        await _webSocket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await _reading.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _frozen.TrySetResult();
        await _stop.CancelAsync();
        _webSocket.Abort();
        await _reading;
        _webSocket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task SendFrameAsync(string text)
    {
        await _sending.WaitAsync();
        try
        {
            await _webSocket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<string> ReadFrameAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var result = await _webSocket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return string.Empty;
            }

            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
            }
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReadFrameAsync(_stop.Token) is { Length: > 0 } frame)
            {
                if (_freezes)
                {
                    await _frozen.Task;
                }

                await HandleAsync(frame);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException
            || (e is InvalidOperationException && _stop.IsCancellationRequested))
        {
            // The test has ended the connection. Between two frames the socket says that it is not connected.
        }

        _events.Writer.TryComplete();
        foreach (var ack in _acks.Values)
        {
            ack.TrySetException(new InvalidOperationException("The connection has ended."));
        }
    }

    private async Task HandleAsync(string frame)
    {
        if (frame == "2")
        {
            await SendFrameAsync("3");
            return;
        }

        if (frame == "41")
        {
            _order.Enqueue("disconnect");
            return;
        }

        var start = frame.IndexOf('[', StringComparison.Ordinal);
        var array = JsonNode.Parse(frame[start..])!.AsArray();
        if (frame.StartsWith("42", StringComparison.Ordinal))
        {
            var name = (string)array[0]!;
            _order.Enqueue(name);
            _events.Writer.TryWrite(new(name, array[1]!));
        }
        else
        {
            frame.ShouldStartWith("43");
            var id = int.Parse(frame[2..start], CultureInfo.InvariantCulture);
            _order.Enqueue(string.Create(CultureInfo.InvariantCulture, $"ack {id}"));
            _acks[id].TrySetResult(array.Count > 0 ? array[0] : null);
        }
    }
}
