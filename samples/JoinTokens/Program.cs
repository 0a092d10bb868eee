// An application that decides who enters a room of Parley. Where a real one has a login, this one asks "your name, teacher or pupil?".
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JoinTokens;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string secret = Required("Secret");
string hookSecret = Required("HookSecret");
string parley = $"{(builder.Configuration["Parley"] ?? "http://localhost:8080").TrimEnd('/')}/";
string room = builder.Configuration["Room"] ?? "class-7b";

var log = new ConcurrentQueue<string>();
var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
WebApplication app = builder.Build();

app.MapGet("/", (HttpContext context) =>
{
    // A form may lead to Parley, by way of a redirect, and nowhere else.
    context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; form-action 'self' {new Uri(parley).GetLeftPart(UriPartial.Authority)}; base-uri 'none'; frame-ancestors 'none'";
    string lines = string.Concat(log.Select(line => $"<li>{HtmlEncoder.Default.Encode(line)}"));
    return Results.Text(
        $"""
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Class 7b</title>
        <h1>Class 7b</h1>
        <form method="post" action="enter">
          <p><label>Your name <input name="name" required maxlength="64" autocomplete="name"></label>
          <p><label><input type="radio" name="who" value="pupil" checked> Pupil</label>
             <label><input type="radio" name="who" value="teacher"> Teacher</label>
          <p><button>Enter</button>
        </form>
        <h2>What has happened</h2><ul>{lines}</ul></html>
        """, "text/html", Encoding.UTF8);
});

app.MapPost("/enter", async (HttpRequest request) =>
{
    IFormCollection form = await request.ReadFormAsync();
    string name = form["name"].ToString().Trim();
    if (name.Length is 0 or > 64)
    {
        return Results.BadRequest("Please say your name.");
    }

    // Here a real application looks up what it knows of the person who has logged in.
    string role = form["who"] == "teacher" ? "host" : "participant";
    string token = JoinToken.Mint(secret, room, name, role, DateTimeOffset.UtcNow);

    // Behind the #, the token reaches the page and no server's log.
    return Results.Redirect($"{parley}r/{Uri.EscapeDataString(room)}#token={token}");
});

app.MapPost("/events", async (HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body, Encoding.UTF8);
    string body = await reader.ReadToEndAsync();
    if (!Webhook.IsGenuine(hookSecret, request.Headers, body, DateTimeOffset.UtcNow))
    {
        return Results.Unauthorized();
    }

    // What came before may come again, if the answer was lost. A real application forgets ids after a day.
    if (seen.TryAdd(request.Headers["webhook-id"].ToString(), true))
    {
        using JsonDocument happened = JsonDocument.Parse(body);
        JsonElement data = happened.RootElement.GetProperty("data");
        string who = data.TryGetProperty("participant", out JsonElement person) ? person.GetProperty("name").GetString()! : data.GetProperty("room").GetString()!;
        log.Enqueue($"{who}: {happened.RootElement.GetProperty("type").GetString()}");
        while (log.Count > 20 && log.TryDequeue(out _))
        {
        }
    }

    return Results.NoContent();
});

await app.RunAsync();

string Required(string key) => builder.Configuration[key] ?? throw new InvalidOperationException($"Set {key}: see the README.");
