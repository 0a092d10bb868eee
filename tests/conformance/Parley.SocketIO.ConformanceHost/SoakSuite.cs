using System.Text.Json;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>Rooms that thousands join, talk in and leave without goodbye; at <c>/state</c>, what of them is left.</summary>
internal static class SoakSuite
{
    private const int MaxSessions = 20_000;

    // All come from one address.
    public static void Configure(SocketIOOptions options) => options.MaxSessionsPerAddress = MaxSessions;

    public static void Map(WebApplication app)
    {
        app.MapSocketIO();
        app.MapGet("/state", (RequestDelegate)WriteStateAsync);
        app.Services.GetRequiredService<SocketServer>().Of("/").OnConnection(socket =>
        {
            socket.On("join", (SocketEvent e, string room) =>
            {
                socket.Join(room);
                e.Ack();
            });
            socket.On("say", (SocketEvent e, string room, string text) =>
            {
                socket.To(room).Emit("said", text);
                e.Ack();
            });
        });
    }

    private static async Task WriteStateAsync(HttpContext context)
    {
        if (context.Request.Query.ContainsKey("collect"))
        {
            // Twice: what finalizers let go of, goes with the second.
            for (var i = 0; i < 2; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
        }

        var (sessions, addresses) = context.RequestServices.GetRequiredService<EngineServer>().Occupancy;
        var sockets = await context.RequestServices.GetRequiredService<SocketServer>().Of("/").FetchSocketsAsync();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("sessions", sessions);
            json.WriteNumber("addresses", addresses);
            json.WriteNumber("sockets", sockets.Count);
            json.WriteNumber("heapBytes", GC.GetTotalMemory(forceFullCollection: false));
            json.WriteNumber("residentBytes", Environment.WorkingSet);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(buffer.ToArray(), context.RequestAborted);
    }
}
