using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parley.SocketIO.Tests.Readme;

internal sealed record Message(string Text);

[TypedClient]
internal partial interface IChatClient
{
    void Said(string from, Message message);

    Task<bool> Invite(string room, CancellationToken cancellationToken);

    Task<IReadOnlyList<BroadcastAnswer<string>>> Vote(string motion);
}

internal interface IArchive
{
    Task<int> AddAsync(Message message, CancellationToken cancellationToken);
}

[Namespace("/chat")]
[Authorize]
internal sealed partial class ChatNamespace(IArchive archive) : NamespaceHandler<IChatClient>
{
    protected override ValueTask<ConnectResult> OnConnectingAsync() =>
        new(Socket.Handshake.Auth.TryGetProperty("room", out _) ? ConnectResult.Accept : ConnectResult.Refuse("which room?"));

    [On("say")]
    public async Task<int> SayAsync(string room, Message message, CancellationToken aborted)
    {
        Clients.To(room).Said(Socket.Id, message);
        return await archive.AddAsync(message, aborted);
    }

    [On("invite")]
    public Task<bool> InviteAsync(string id, string room, CancellationToken aborted) => Clients.Socket(id).Invite(room, aborted);

    [On("close")]
    [Authorize(Roles = "moderator")]
    public void Close(string room) => throw new EventRefusedException($"{room} stays open");
}

/// <summary>The code that src/Parley.SocketIO/README.md shows: it compiles because it stands here, too.</summary>
internal static class Snippets
{
    internal static void Events(Socket socket)
    {
        socket.On<string, int>("move", (e, piece, square) => e.Ack("moved"));
        socket.On<byte[]>("picture", picture => { socket.Emit("size", picture.Length); });
        socket.On("anything", async (SocketEvent e) =>
        {
            var names = e.Services.GetRequiredService<Names>();
            e.Ack(await names.FindAsync(e.Arguments.GetElement(0), socket.ConnectionAborted));
        });
        socket.OnDisconnected(reason => Console.WriteLine($"{socket.Id}: {reason.Name} ({reason.Cause})"));
    }

    internal static async Task EmitAsync(SocketNamespace io, Socket socket)
    {
        socket.Emit("hello", "world", 42);
        socket.To("red").Except("blue").Emit("hello");
        io.To("red").In("green").Emit("hello");
        await socket.EmitAsync("chunk", new byte[100_000]);
    }

    internal static async Task AcknowledgeAsync(SocketNamespace io, Socket socket, ILogger logger)
    {
        var answer = await socket.Timeout(TimeSpan.FromSeconds(5)).EmitWithAckAsync("ready?");
        var ready = answer.Get<bool>(0);
        try
        {
            foreach (var each in await io.To("red").EmitWithAckAsync("vote", ready))
            {
                logger.LogInformation("{Id} votes {Vote}", each.SocketId, each.Arguments.Get<string>(0));
            }
        }
        catch (BroadcastAckException e)
        {
            logger.LogInformation("{Came} came, {Missing} did not", e.Answers.Count, e.Missing);
        }
    }

    internal static void Refuse(SocketNamespace io)
    {
        io.Use(socket => new(socket.Handshake.Auth.TryGetProperty("token", out _)
            ? ConnectResult.Accept
            : ConnectResult.Refuse("unauthorized")));
        io.OnConnection(socket => socket.Use(e => new(e.Name == "admin" && !socket.User.IsInRole("admin")
            ? EventResult.Refuse("forbidden")
            : EventResult.Accept)));
    }

    internal static void Listen(Socket socket, ILogger logger)
    {
        socket.OnAny(e => logger.LogDebug("{Event} in", e.Name));
        Action<OutgoingEvent> listener = e => logger.LogDebug("{Event} out", e.Name);
        socket.OnAnyOutgoing(listener);
        socket.OffAnyOutgoing(listener);
    }

    internal static void Volatile(SocketNamespace io, Socket socket)
    {
        socket.Volatile.Emit("position", 3, 4);
        io.To("red").Volatile.Emit("position", 3, 4);
        io.Local.Emit("restarting");
    }

    internal static async Task ManyAsync(SocketNamespace io)
    {
        foreach (var socket in await io.In("red").FetchSocketsAsync())
        {
            socket.Emit("you are", socket.Id, socket.Rooms.Count);
        }

        await io.In("red").SocketsJoinAsync("blue");
        await io.In("red").SocketsLeaveAsync("red");
        await io.In("blue").DisconnectSocketsAsync();
    }

    internal static void Parents(SocketServer io)
    {
        var rooms = io.Of(new Regex(@"^/room-\d+$"));
        rooms.OnConnection(socket => { socket.Emit("you are in", socket.Namespace.Name); });
        rooms.Emit("all rooms");
        rooms.To("speakers").Except("muted").Emit("speakers of all rooms");
        io.Of(async (string name, JsonElement auth) => await Names.IsTenantAsync(name, auth));
    }

    internal sealed class Clock(NamespaceContext io, [FromKeyedServices("/chat")] NamespaceContext chat) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), TimeProvider.System);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                io.Emit("minute");
                chat.To("lobby").Emit("minute");
            }
        }
    }

    internal static void Classes(IServiceCollection services) =>
        services.AddSocketIO().AddNamespace<ChatNamespace>();

    internal sealed class Closing(NamespaceContext<IChatClient> clients)
    {
        public void Say() => clients.To("lobby").Said("the house", new("we are closing"));
    }

    internal static void Endpoint(WebApplication app) =>
        app.MapSocketIO().RequireAuthorization();

    internal static void Limits(IServiceCollection services) =>
        services.AddSocketIO(options =>
        {
            options.MaxEventsPerSecond = 50;
            options.EventBurst = 200;
        });

    internal static void Recovery(IServiceCollection services) =>
        services.AddSocketIO(options => options.ConnectionStateRecovery = new()
        {
            MaxDisconnectionDuration = TimeSpan.FromMinutes(2),
            SkipMiddlewares = true,
        });

    internal static void Stopping(IServiceCollection services)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
        services.AddSocketIO(options => options.DrainDuration = TimeSpan.FromSeconds(30));
        services.AddHealthChecks().AddSocketIO();
    }

    internal static void Compression(IServiceCollection services) =>
        services.AddSocketIO(options =>
        {
            options.PerMessageDeflate = new() { Threshold = 1024, ContextTakeover = false };
            options.HttpCompression = new() { Threshold = 1024 };
        });

    internal static async Task UncompressedAsync(SocketNamespace io, Socket socket)
    {
        socket.Compress(false).Emit("token", "secret");
        var code = await socket.Compress(false).EmitWithAckAsync("code?", "secret");
        io.To("red").Compress(false).Emit("picture", new byte[100_000]);
    }

    internal sealed class Names(string prefix)
    {
        public static ValueTask<bool> IsTenantAsync(string name, JsonElement auth) =>
            new(auth.TryGetProperty("tenant", out var tenant) && name == "/" + tenant.GetString());

        public Task<string> FindAsync(JsonElement key, CancellationToken cancellationToken) =>
            Task.FromResult(prefix + key).WaitAsync(cancellationToken);
    }
}
