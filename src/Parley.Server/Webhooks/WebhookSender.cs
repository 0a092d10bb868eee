using System.Globalization;
using System.Net.Http.Headers;

namespace Parley.Server.Webhooks;

/// <summary>How an attempt has ended.</summary>
internal enum WebhookOutcome
{
    /// <summary>The receiver has said 2xx.</summary>
    Delivered,

    /// <summary>It has said something else. A redirect is that: where it leads to nobody has configured.</summary>
    Refused,

    /// <summary>It has said nothing in time.</summary>
    TimedOut,

    /// <summary>There was no connection, or it broke.</summary>
    Unreachable,
}

/// <summary>Makes one request, to the configured address and nowhere else: no redirects, no proxy of the environment, no cookies.</summary>
internal sealed class WebhookSender(TimeProvider time) : IDisposable
{
    /// <summary>So long may an attempt take, up to the answer's status.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = WebhookReceiver.MaxAtOnce,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 64 * 1024,
            ConnectTimeout = Patience,

            // A name may lead to another machine by now.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        },
        disposeHandler: true)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends an event once. Nothing throws.</summary>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async Task<WebhookOutcome> SendAsync(WebhookOptions receiver, WebhookMessage message, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = Request(receiver, message);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? WebhookOutcome.Delivered : WebhookOutcome.Refused;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WebhookOutcome.TimedOut;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is that a foreign server makes of an answer: it costs this attempt, and not the worker.
            return WebhookOutcome.Unreachable;
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(WebhookOptions receiver, WebhookMessage message)
    {
        var body = message.ToBody();

        // Of this attempt, not of the event: receivers refuse what is old, so that nobody can send it again later.
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new("Parley", productVersion: null));
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(receiver.Keys, message.Id, timestamp, body));
        return request;
    }
}
