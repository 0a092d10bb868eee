using System.Net;
using Parley.SocketIO;
using Parley.SocketIO.ConformanceHost;

// The servers that the official test suites of the protocols and of the clients run against:
//   dotnet run --project tests/conformance/Parley.SocketIO.ConformanceHost -- --suite engineio3|engineio4|socketio5 --port N
//   ... --suite engineio-client --port 3000 and --suite socketio-client --port 3210
//   ... --suite soak, which eng/soak-socketio.sh wears out
// and, with --suite client and others that begin so, what ./socket.io-client tries the official JavaScript clients on.
if (HostArguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine($"usage: --suite {HostArguments.Suites} --port 0..65535 (0: a free one) [--ping-interval MS --ping-timeout MS]");
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
    options.AllowedOrigins.Add("*");
    options.PingInterval = arguments.PingInterval;
    options.PingTimeout = arguments.PingTimeout;
    options.AllowEio3 = arguments.Suite is "engineio3" or "client";
    switch (arguments.Suite)
    {
        case "client":
            break;

        case "client-msgpack":
            options.UseMessagePack();
            break;

        case "socketio-client":
            SocketIOClientSuite.Configure(options);
            break;

        case "engineio-client":
            EngineIOClientSuite.Configure(options);
            break;

        case "soak":
            SoakSuite.Configure(options);
            break;

        case "client-recovery":
            options.ConnectionStateRecovery = new();
            options.DrainDuration = TimeSpan.FromSeconds(1);
            break;

        case "client-compression":
            options.PerMessageDeflate = new();
            options.HttpCompression = new();
            break;

        default:
            options.ConnectTimeout = TimeSpan.FromSeconds(1);
            break;
    }
});

var app = builder.Build();
switch (arguments.Suite)
{
    case "engineio3" or "engineio4":
        EngineIOSuite.Map(app);
        break;

    case "socketio5":
        SocketIOSuite.Map(app);
        break;

    case "socketio-client":
        SocketIOClientSuite.Map(app);
        break;

    case "engineio-client":
        EngineIOClientSuite.Map(app);
        break;

    case "soak":
        SoakSuite.Map(app);
        break;

    default:
        ClientSuite.Map(app);
        break;
}

await app.StartAsync();
Console.WriteLine($"Listening: {string.Join(' ', app.Urls)}");
await app.WaitForShutdownAsync();
return 0;
