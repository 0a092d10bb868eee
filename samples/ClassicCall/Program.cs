// The signalling of many a teaching project's video call, with its event names, on Parley.SocketIO. The README has the vocabularies.
using ClassicCall;
using Microsoft.Extensions.FileProviders;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
string vocabulary = builder.Configuration["Vocabulary"] ?? "rooms";
Action<Member>? listen = vocabulary switch { "rooms" => Vocabularies.Rooms, "welcome" => Vocabularies.Welcome, "pair" => Vocabularies.Pair, _ => null };
if (listen is null)
{
    await Console.Error.WriteLineAsync($"--Vocabulary has to be rooms, welcome or pair, and is \"{vocabulary}\".");
    return 1;
}

// Where nobody is addressed, or a page shows one other person, a third would break the call of the two.
int maxPeople = builder.Configuration.GetValue("MaxPeople", vocabulary == "rooms" ? 8 : 2), maxRooms = builder.Configuration.GetValue("MaxRooms", 200);
var lobby = new Lobby(maxRooms, maxPeople, builder.Configuration.GetValue("EscapeHtml", false), new(StringComparer.Ordinal), new());
builder.Services.AddSocketIO(options =>
{
    (options.MaxPayloadBytes, options.MaxAttachments) = (Member.MaxBoardBytes + 1000, 0); // Nothing is larger than a picture of the board.
    builder.Configuration.GetSection("AllowedOrigins").Bind(options.AllowedOrigins);
});
WebApplication app = builder.Build();
app.Services.GetRequiredService<SocketServer>().Of("/").OnConnection(socket =>
{
    var member = new Member(socket, lobby);
    socket.OnDisconnected(_ => { lock (lobby.Gate) { member.Leave(); } });
    listen(member);
});
app.Use((context, next) =>
{
    // Whatever a page makes of what people write, no script runs but those of wwwroot, and no other host hears of the call.
    context.Response.Headers.ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";
    return next(context);
});
app.UseDefaultFiles().UseStaticFiles();
app.UseStaticFiles(new StaticFileOptions { RequestPath = "/socket.io", FileProvider = new PhysicalFileProvider($"{AppContext.BaseDirectory}client") });
app.UseRouting(); // After the files: the client's lie where Socket.IO listens.
app.MapSocketIO();
app.MapGet("/ice.json", () => Results.Text(builder.Configuration["IceServers"] ?? "[]", "application/json")); // as RTCPeerConnection takes it
app.MapGet("/", () => Results.LocalRedirect($"~/{vocabulary}/"));
await app.RunAsync();
return 0;
