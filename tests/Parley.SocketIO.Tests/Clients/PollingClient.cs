using System.Net;
using System.Text;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Clients;

/// <summary>HTTP long-polling by hand. Polls only while somebody receives.</summary>
internal sealed class PollingClient : EngineClient
{
    private const char Separator = '\u001e';

    private readonly HttpClient _http;
    private readonly string _path;
    private readonly Queue<string> _received = new();
    private bool _ended;

    private PollingClient(HttpClient http, string path) => (_http, _path) = (http, path);

    private string Url => $"{_path}?EIO=4&transport=polling&sid={Sid}";

    public static async Task<PollingClient> OpenAsync(TestServer server, string path = "/socket.io/")
    {
        var client = new PollingClient(server.Http, path);
        using var response = await server.Http.GetAsync($"{path}?EIO=4&transport=polling", Deadline.Token());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        client.Open = ReadOpen(await response.Content.ReadAsStringAsync());
        return client;
    }

    public Task<HttpResponseMessage> GetAsync(CancellationToken cancellationToken = default) =>
        cancellationToken == default
            ? _http.GetAsync(Url, Deadline.Token())
            : _http.GetAsync(Url, cancellationToken);

    public Task<HttpResponseMessage> PostAsync(string payload) => PostAsync(Encoding.UTF8.GetBytes(payload));

    public Task<HttpResponseMessage> PostAsync(byte[] payload) => PostAsync(new ByteArrayContent(payload));

    public Task<HttpResponseMessage> PostAsync(HttpContent content) => _http.PostAsync(Url, content, Deadline.Token());

    /// <summary>One poll that must succeed; its packets.</summary>
    public async Task<string[]> PollAsync()
    {
        using var response = await GetAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadAsStringAsync()).Split(Separator);
    }

    public override async Task SendAsync(params Frame[] frames)
    {
        var payload = string.Join(Separator, frames.Select(f => f.Text ?? "b" + Convert.ToBase64String(f.Binary!)));
        using var response = await PostAsync(payload);
        await response.ShouldBeAsync(HttpStatusCode.OK, "ok");
    }

    /// <summary>The end is a CLOSE packet, an error instead of an answer, or nobody who answers.</summary>
    public override async Task<Frame?> TryReceiveAsync()
    {
        while (!_ended && _received.Count == 0)
        {
            using var response = await TryGetAsync();
            if (response?.StatusCode != HttpStatusCode.OK)
            {
                _ended = true;
                break;
            }

            foreach (var packet in (await response.Content.ReadAsStringAsync()).Split(Separator))
            {
                _received.Enqueue(packet);
            }
        }

        if (!_received.TryDequeue(out var next) || next == "1")
        {
            _ended = true;
            return null;
        }

        return next.StartsWith('b') ? Convert.FromBase64String(next[1..]) : next;
    }

    private async Task<HttpResponseMessage?> TryGetAsync()
    {
        try
        {
            return await GetAsync();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
