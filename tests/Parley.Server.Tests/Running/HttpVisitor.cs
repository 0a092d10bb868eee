using System.Net.Http.Json;

namespace Parley.Server.Tests.Running;

/// <summary>Somebody who asks the server by HTTP.</summary>
internal sealed class HttpVisitor(RunningServer server, string? token = null) : IDisposable
{
    private readonly HttpClient _client = server.NewHttpClient();

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(new(HttpMethod.Delete, path));

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => SendAsync(new(HttpMethod.Post, path) { Content = content });

    public Task<HttpResponseMessage> PostAsJsonAsync<T>(string path, T value) => PostAsync(path, JsonContent.Create(value));

    /// <summary>Sends a request, with the token if it says nothing else of who asks.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (token is not null && !request.Headers.Contains("Authorization"))
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
