using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>What the tests of the official Socket.IO client expect of the server they run against.</summary>
internal static class SocketIOClientSuite
{
    // Handshakes are not answered at once: clients that allow no time at all must notice.
    private static readonly TimeSpan HandshakeDelay = TimeSpan.FromMilliseconds(10);

    private static readonly byte[] Bytes = "asdfasdf"u8.ToArray();

    public static void Configure(SocketIOOptions options)
    {
        options.ConnectionStateRecovery = new();
        options.SerializerOptions.TypeInfoResolver = SocketIOClientContracts.Default;
    }

    public static void Map(WebApplication app)
    {
        app.Use(DelayHandshakeAsync);
        app.MapSocketIO();
        var io = app.Services.GetRequiredService<SocketServer>();
        io.Of("/").Use(socket => ValueTask.FromResult(
            string.IsNullOrEmpty(socket.Handshake.Query["fail"])
                ? ConnectResult.Accept
                : ConnectResult.Refuse("Auth failed (main namespace)")));
        io.Of("/").OnConnection(socket =>
        {
            ServeText(socket);
            ServeBytes(socket);
            ServeAbout(socket);
        });
        io.Of("/no").Use(_ => ValueTask.FromResult(ConnectResult.Refuse("Auth failed (custom namespace)")));
        io.Of("/foo").OnConnection(socket => socket.On("getId", e => e.Ack(socket.Id)));
        io.Of("/abc").OnConnection(socket => { socket.Emit("handshake", HandshakeShape.Of(socket.Handshake)); });
        foreach (var name in (string[])["/timeout_socket", "/valid", "/asd"])
        {
            io.Of(name);
        }
    }

    private static async Task DelayHandshakeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Query.ContainsKey("sid"))
        {
            await Task.Delay(HandshakeDelay, context.RequestAborted);
        }

        await next(context);
    }

    private static void ServeText(Socket socket)
    {
        socket.On("hi", _ => { socket.Emit("hi"); });
        socket.On("echo", e => { e.Ack(e.Arguments); });
        // Not awaited: the client may never answer, and its next events must not wait for that.
        socket.On("ack", e => { _ = AskAsync(e.Socket); });
        socket.On("getAckDate", e => e.Ack(Now()));
        socket.On("getDate", _ => { socket.Emit("takeDate", Now()); });
        socket.On("getDateObj", _ => { socket.Emit("takeDateObj", new DateHolder(Now())); });
        socket.On("getUtf8", _ =>
        {
            foreach (var text in (string[])["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"])
            {
                socket.Emit("takeUtf8", text);
            }
        });
        socket.On("false", _ => { socket.Emit("false", false); });
    }

    private static async Task AskAsync(Socket socket)
    {
        EventArguments answer;
        try
        {
            answer = await socket.EmitWithAckAsync("ack");
        }
        catch (AckException)
        {
            // Clients that close within the test never answer.
            return;
        }

        if (answer.TryGet<int>(0, out var five) && five == 5
            && answer.TryGet<AckTest>(1, out var second) && second is { Test: true })
        {
            socket.Emit("got it");
        }
    }

    private static void ServeBytes(Socket socket)
    {
        socket.On("doge", _ => { socket.Emit("doge", Bytes); });
        socket.On("getbin", _ => { socket.Emit("takebin", Bytes); });
        AnswerIf(socket, "buffa", IsBytes, "buffack");
        AnswerIf(socket, "blob", IsBytes, "back");
        AnswerIf(socket, "jsonbuff", IsBytesAmongText, "jsonbuff-ack");
        AnswerIf(socket, "jsonblob", IsBytesAmongText, "jsonblob-ack");

        var cameBefore = "";
        AnswerInOrder("abuff1", "abuff1", IsBytes, null);
        AnswerInOrder("abuff2", "abuff1abuff2", _ => true, "abuff2-ack");
        AnswerInOrder("blob1", "blob1", IsBytes, null);
        AnswerInOrder("blob2", "blob1blob2", e => e.Arguments.TryGet<string>(0, out var text) && text == "second", null);
        AnswerInOrder("blob3", "blob1blob2blob3", IsBytes, "blob3-ack");

        // All that came so far must be the expected names, in this order; the first begins again.
        void AnswerInOrder(string name, string expected, Predicate<SocketEvent> isRight, string? answer) => socket.On(name, e =>
        {
            cameBefore = name == expected ? name : cameBefore + name;
            if (!isRight(e))
            {
                cameBefore = "";
            }
            else if (answer is not null && cameBefore == expected)
            {
                socket.Emit(answer);
            }
        });
    }

    private static void ServeAbout(Socket socket)
    {
        socket.On("getHandshake", e => e.Ack(HandshakeShape.Of(socket.Handshake)));
        socket.On("getId", e => e.Ack(socket.Id));
    }

    private static void AnswerIf(Socket socket, string name, Predicate<SocketEvent> isRight, string answer) => socket.On(name, e =>
    {
        if (isRight(e))
        {
            socket.Emit(answer);
        }
    });

    private static bool IsBytes(SocketEvent e) => e.Arguments.TryGet<byte[]>(0, out var bytes) && bytes is not null;

    private static bool IsBytesAmongText(SocketEvent e) =>
        e.Arguments.TryGet<BytesAmongText>(0, out var mixed) && mixed is { Hello: "lol", Message: not null, Goodbye: "gotcha" };

    // As JavaScript writes dates.
    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

internal sealed record AckTest(bool Test);

internal sealed record DateHolder(string Date);

internal sealed record BytesAmongText(string? Hello, byte[]? Message, string? Goodbye);

/// <summary>A handshake as the reference shows it to applications.</summary>
internal sealed record HandshakeShape(
    Dictionary<string, string> Headers,
    string Time,
    string? Address,
    bool Xdomain,
    bool Secure,
    long Issued,
    string Url,
    Dictionary<string, string> Query,
    JsonElement Auth)
{
    public static HandshakeShape Of(Handshake handshake) => new(
        handshake.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal),
        handshake.Time.ToString("R", CultureInfo.InvariantCulture),
        handshake.Address?.ToString(),
        handshake.Headers.Origin.Count > 0,
        handshake.Secure,
        handshake.Time.ToUnixTimeMilliseconds(),
        handshake.Url,
        handshake.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal),
        handshake.Auth);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AckTest))]
[JsonSerializable(typeof(DateHolder))]
[JsonSerializable(typeof(BytesAmongText))]
[JsonSerializable(typeof(HandshakeShape))]
internal sealed partial class SocketIOClientContracts : JsonSerializerContext;
