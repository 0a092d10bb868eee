using System.IO.Compression;
using System.Net;
using System.Text;
using Parley.SocketIO.EngineIO.Transports;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class ContentCodingTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip, deflate, br", "gzip")]
    [InlineData("deflate, gzip", "gzip")]
    [InlineData("GZIP;q=0.2, Deflate;q=0.9", "deflate")]
    [InlineData("gzip;q=0", null)]
    [InlineData("gzip;q=0, *", "deflate")]
    [InlineData("*", "gzip")]
    [InlineData("*;q=0", null)]
    [InlineData("br, identity", null)]
    [InlineData("gzip;q=nonsense", null)]
    [InlineData(";;;,,,", null)]
    public void The_client_chooses(string acceptEncoding, string? expected) =>
        ContentCoding.Choose(acceptEncoding).ShouldBe(expected);

    [Fact]
    public void A_header_without_end_is_not_read_to_its_end() =>
        ContentCoding.Choose(string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"x{i}").Append("gzip"))).ShouldBeNull();

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task An_answer_of_some_size_is_compressed(string coding)
    {
        await using var server = await EchoServer.StartAsync(o => o.HttpCompression = new() { Threshold = 100 });
        var client = await EchoServer.OpenPollingAsync(server);
        var message = "4" + new string('x', 99);
        await client.SendAsync(message);
        using var response = await PollAsync(server, client, coding);
        response.Content.Headers.ContentEncoding.ShouldBe([coding]);
        response.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        var body = await response.Content.ReadAsByteArrayAsync();
        body.Length.ShouldBeLessThan(50);
        response.Content.Headers.ContentLength.ShouldBe(body.Length);
        Inflate(body, coding).ShouldBe(message);
    }

    [Theory]
    [InlineData(98, "gzip", true)]
    [InlineData(99, "br", true)]
    [InlineData(99, null, true)]
    [InlineData(99, "gzip", false)]
    public async Task A_small_answer_or_one_that_nobody_asked_for_is_sent_as_it_is(int size, string? accepted, bool isOn)
    {
        await using var server = await EchoServer.StartAsync(o => o.HttpCompression = isOn ? new() { Threshold = 100 } : null);
        var client = await EchoServer.OpenPollingAsync(server);
        var message = "4" + new string('x', size);
        await client.SendAsync(message);
        using var response = await PollAsync(server, client, accepted);
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        response.Headers.Vary.Count.ShouldBe(isOn ? 1 : 0);
        (await response.Content.ReadAsStringAsync()).ShouldBe(message);
    }

    [Fact]
    public async Task An_event_that_must_not_be_compressed_keeps_its_answer_from_being()
    {
        var connected = new Recorder<Socket>();
        await using var server = await TestServer.StartAsync(
            o => o.HttpCompression = new() { Threshold = 10 }, io => io.Of("/").OnConnection(connected.Add));
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await connected.NextAsync();
        (await EncodingAsync()).ShouldBe("gzip");
        socket.Compress(false).Emit("secret");
        (await EncodingAsync()).ShouldBe("");
        socket.Namespace.Compress(false).Emit("secret");
        (await EncodingAsync()).ShouldBe("");
        socket.Compress(true).Emit("public");
        (await EncodingAsync()).ShouldBe("gzip");

        async Task<string> EncodingAsync()
        {
            socket.Emit("text", "a text of some length, a text of some length");
            using var response = await PollAsync(server, client, "gzip", "/socket.io/");
            return string.Join(',', response.Content.Headers.ContentEncoding);
        }
    }

    [Fact]
    public async Task What_clients_send_compressed_is_not_inflated()
    {
        await using var server = await EchoServer.StartAsync(o => o.HttpCompression = new());
        var client = await EchoServer.OpenPollingAsync(server);
        var bomb = ContentCoding.Encode(Encoding.UTF8.GetBytes("4" + new string('x', 10_000_000)), "gzip").ToArray();
        using var content = new ByteArrayContent(bomb);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await client.PostAsync(content);
        await response.ShouldBeErrorAsync(3, "Bad request");
    }

    private static async Task<HttpResponseMessage> PollAsync(
        TestServer server, PollingClient client, string? acceptEncoding, string path = "/engine.io/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?EIO=4&transport=polling&sid={client.Sid}");
        if (acceptEncoding is not null)
        {
            request.Headers.Add("Accept-Encoding", acceptEncoding);
        }

        var response = await server.Http.SendAsync(request, Deadline.Token());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return response;
    }

    private static string Inflate(byte[] body, string coding)
    {
        using Stream stream = coding == "gzip"
            ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress)
            : new ZLibStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
