// The signalling of calls, as a class and an interface: see CallNamespace.cs.
using System.Text.Json;
using TypedCall;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton<Switchboard>();
builder.Services
    .AddSocketIO(options => options.SerializerOptions = new(JsonSerializerDefaults.Web) { TypeInfoResolver = CallContracts.Default })
    .AddNamespace<CallNamespace>();

var app = builder.Build();
app.MapSocketIO();
app.MapGet("/", (Switchboard switchboard) => $"{switchboard.Count} in calls");
app.MapPost("/close", (Switchboard switchboard) => switchboard.Close());
await app.RunAsync();
