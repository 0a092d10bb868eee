using System.Net;
using Parley.SocketIO.ConformanceHost;

// The servers that the protocol's official test suites run against:
//   dotnet run --project tests/conformance/Parley.SocketIO.ConformanceHost -- --suite engineio4|socketio5 --port N
if (HostArguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine("usage: --suite engineio4|socketio5 --port 0..65535 (0: a free one)");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    // The suites connect to "localhost", which is either; a free port must be the same for both.
    var port = arguments.Port == 0 ? HostArguments.FreePort() : arguments.Port;
    kestrel.Listen(IPAddress.Loopback, port);
    if (System.Net.Sockets.Socket.OSSupportsIPv6)
    {
        kestrel.Listen(IPAddress.IPv6Loopback, port);
    }
});
builder.Services.AddSocketIO(options =>
{
    options.PingInterval = TimeSpan.FromMilliseconds(300);
    options.PingTimeout = TimeSpan.FromMilliseconds(200);
    options.ConnectTimeout = TimeSpan.FromSeconds(1);
    options.AllowedOrigins.Add("*");
});

var app = builder.Build();
if (arguments.Suite == "engineio4")
{
    EngineIOSuite.Map(app);
}
else
{
    SocketIOSuite.Map(app);
}

await app.StartAsync();
Console.WriteLine($"Listening: {string.Join(' ', app.Urls)}");
await app.WaitForShutdownAsync();
return 0;
