using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Webhooks;

/// <summary>A receiver of webhooks: a web server of its own, which answers as the test wants.</summary>
internal sealed class Listener : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Heard> _heard = new();

    private Listener(WebApplication app) => _app = app;

    /// <summary>A request that came.</summary>
    public sealed record Heard(string Id, long Timestamp, string Signature, string Body, string Path)
    {
        public JsonNode Event { get; } = JsonNode.Parse(Body)!;

        public string Type => (string)Event["type"]!;

        public string Room => (string)Event["data"]!["room"]!;

        /// <summary>Whether one of the signatures is of this secret: by what Standard Webhooks says, and not by the server's code.</summary>
        public bool IsSignedBy(string secret) => Signature.Split(' ').Contains(
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Id}.{Timestamp}.{Body}"))))}",
            StringComparer.Ordinal);
    }

    public Uri Address => new(new Uri(_app.Urls.First()), "/hook?key=path-secret");

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<Heard> All => [.. _heard];

    /// <summary>"room type" of what has come so far.</summary>
    public IReadOnlyList<string> Types => [.. _heard.Select(heard => $"{heard.Room} {heard.Type}")];

    /// <summary>What is answered; 204 unless a test says something else.</summary>
    public Func<Heard, HttpContext, Task> Answer { get; set; } = static (_, context) =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<Listener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var listener = new Listener(app);
        app.Run(listener.HearAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    /// <summary>Waits until so many requests have come.</summary>
    public async Task<IReadOnlyList<Heard>> HearAsync(int count)
    {
        await Eventually.ShouldBeTrueAsync(() => _heard.Count >= count, $"{count} requests have come");
        return All;
    }

    public void AnswerStatus(int status) => Answer = (_, context) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HearAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers;
        (context.Request.Method, context.Request.ContentType).ShouldBe(("POST", "application/json; charset=utf-8"));
        var heard = new Heard(
            headers["webhook-id"].ToString(),
            long.Parse(headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture),
            headers["webhook-signature"].ToString(),
            body,
            $"{context.Request.Path}{context.Request.QueryString}");
        _heard.Enqueue(heard);
        await Answer(heard, context);
    }
}
