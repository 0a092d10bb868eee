using System.Globalization;
using Parley.SocketIO;

// The same program, line by line, as bench/socketio/server.mjs.
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSocketIO();
await using var app = builder.Build();
app.MapSocketIO();

var io = app.Services.GetRequiredService<SocketServer>().Of("/");
io.OnConnection(socket =>
{
    socket.On<string>("echo", (e, text) => e.Ack(text));
    socket.On<byte[]>("echo-bytes", (e, bytes) => e.Ack(bytes));
    socket.On("join", e =>
    {
        socket.Join("room");
        e.Ack();
    });
    socket.On<string>("say", text => { io.To("room").Emit("said", text); });
});

await app.StartAsync();
Console.WriteLine($"Ready: {new Uri(app.Urls.First()).Port.ToString(CultureInfo.InvariantCulture)}");
while (await Console.In.ReadLineAsync() is { } line)
{
    if (line == "collect")
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine($"Collected: {GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture)}");
    }
}

await app.StopAsync();
