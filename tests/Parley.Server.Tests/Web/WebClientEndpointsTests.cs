using System.IO.Compression;
using System.Net;
using Parley.Server.Tests.Running;
using Parley.Server.Web;

namespace Parley.Server.Tests.Web;

public sealed class WebClientEndpointsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?name=Ada")]
    [InlineData("/r/blue-room")]
    [InlineData("/r/%D0%BA%D0%BE%D0%BC%D0%BD%D0%B0%D1%82%D0%B0?name=Ada&join=1")]
    [InlineData("/index.html")]
    [InlineData("/doctor")]
    public async Task The_page_is_at_the_root_at_every_room_and_at_the_connection_test_and_is_asked_for_anew(string path)
    {
        using var response = await GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        response.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<title>Parley</title>");
    }

    [Theory]
    [InlineData("/", "./")]
    [InlineData("/index.html", "./")]
    [InlineData("/r/blue-room", "../")]
    [InlineData("/r/blue-room/", "../../")]
    [InlineData("/r/blue%2Froom", "../")]
    [InlineData("/doctor", "./")]
    [InlineData("/doctor/", "../")]
    public async Task The_page_names_its_files_relative_to_where_it_is(string path, string up)
    {
        using var response = await GetAsync(path);

        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain($"src=\"{up}assets/page-x1.js\"");
        html.ShouldContain($"href=\"{up}icon.svg\"");
    }

    [Fact]
    public async Task Below_a_path_everything_is_there_and_the_path_without_its_slash_leads_to_it()
    {
        await using var server = await RunningServer.StartAsync("--Parley:PathBase", "/calls/parley/");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };

        foreach (var path in new[] { "/", "/r/room", "/doctor", "/assets/page-x1.js", "/health", "/phone", "/socket.io/?EIO=4&transport=polling" })
        {
            using var response = await http.GetAsync($"/calls/parley{path}", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        using var redirect = await http.GetAsync("/calls/parley?name=Ada", TestContext.Current.CancellationToken);
        redirect.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        new Uri(new Uri(server.Address, "/calls/parley"), redirect.Headers.Location!).PathAndQuery.ShouldBe("/calls/parley/?name=Ada");
        using var elsewhere = await http.GetAsync("/calls/other", TestContext.Current.CancellationToken);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "'none'")]
    [InlineData("https://www.example.org", "https://www.example.org")]
    [InlineData("https://WWW.example.org/, http://localhost:3000", "https://www.example.org http://localhost:3000")]
    [InlineData("*", "*")]
    public async Task Pages_may_be_framed_by_those_named_and_nobody_else(string origins, string ancestors)
    {
        await using var server = await RunningServer.StartAsync("--Parley:FrameOrigins", origins);
        using var http = server.NewHttpClient();

        using var response = await http.GetAsync("/r/room", TestContext.Current.CancellationToken);

        response.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith($"; frame-ancestors {ancestors}");
        response.Headers.Contains("X-Frame-Options").ShouldBeFalse();
    }

    [Fact]
    public async Task Assets_are_good_for_ever_and_for_pages_of_any_origin()
    {
        using var response = await GetAsync("/assets/page-x1.js");

        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/javascript; charset=utf-8");
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["cross-origin"]);
    }

    [Fact]
    public async Task The_element_may_be_embedded_by_any_page_under_a_lasting_name()
    {
        using var response = await GetAsync("/parley-call.js");

        response.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["cross-origin"]);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/assets/")]
    [InlineData("/assets/missing.js")]
    [InlineData("/r/")]
    [InlineData("/r/a/b")]
    [InlineData("/doctor/who")]
    [InlineData("/../data/seat.key")]
    [InlineData("/..%2fdata%2fseat.key")]
    [InlineData("/assets/..%5c..%5cdata%5cseat.key")]
    public async Task Everything_else_is_not_found_in_plain_words(string path)
    {
        using var response = await GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("Not found.\n");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/r/room")]
    [InlineData("/assets/page-x1.js")]
    [InlineData("/nothing")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    [InlineData("/socket.io/?EIO=4&transport=polling")]
    [InlineData("/socket.io/?EIO=3&transport=polling")]
    public async Task Strict_headers_stand_on_every_answer(string path)
    {
        using var response = await GetAsync(path);

        string Header(string name) => response.Headers.GetValues(name).Single();
        Header("Content-Security-Policy").ShouldBe(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
            + "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Permissions-Policy").ShouldBe("camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self)");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0", "gzip")]
    [InlineData("identity", null)]
    [InlineData("", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    public async Task Text_is_sent_in_the_coding_that_the_browser_takes(string accepted, string? coding)
    {
        using var response = await GetAsync("/assets/page-x1.js", ("Accept-Encoding", accepted));

        response.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(coding);
        response.Headers.Vary.Single().ShouldBe("Accept-Encoding");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var decoded = coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(decoded);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith("export const text");
    }

    [Fact]
    public async Task A_browser_that_knows_the_file_is_not_sent_it_again()
    {
        using var first = await GetAsync("/");
        var tag = first.Headers.ETag!.ToString();

        using var second = await GetAsync("/", ("If-None-Match", $"\"other\", {tag}"));
        using var third = await GetAsync("/", ("If-None-Match", "\"other\""));

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        using var http = shared.Server.NewHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/assets/page-x1.js");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(3900);
    }

    [Fact]
    public async Task A_server_without_a_built_client_says_so()
    {
        await using var server = await RunningServer.StartAsync("--webroot", "/nowhere");
        using var http = server.NewHttpClient();

        using var response = await http.GetAsync("/", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("The web client has not been built.\n");
    }

    [Fact]
    public void Hidden_files_are_not_served()
    {
        using var folder = new TestFolder();
        folder.Write(".env", "secret");
        folder.Write(".git/config", "secret");
        folder.Write("index.html", "page");

        var client = WebClientFiles.Load(folder.Path);

        client.TryGet("/.env", out _).ShouldBeFalse();
        client.TryGet("/.git/config", out _).ShouldBeFalse();
        client.Page.ShouldNotBeNull().At("/").Brotli.ShouldBeNull();
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var http = shared.Server.NewHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
