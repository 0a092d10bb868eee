using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Parley.Server.Listening;
using Parley.Server.Tests.Running;
using Parley.Server.Web;
using QRCoder;

namespace Parley.Server.Tests.Web;

public sealed class PhoneTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task On_a_public_host_it_is_the_address_that_the_browser_asked_for()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Proxies", "loopback");

        var phone = await AskAsync(
            server, ("X-Forwarded-Host", "meet.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/parley"), ("X-Forwarded-For", "203.0.113.9"));

        ((string?)phone["address"]).ShouldBe("https://meet.example/parley/");
        ((bool)phone["selfSigned"]!).ShouldBeFalse();
        ((bool)phone["possible"]!).ShouldBeFalse();
    }

    [Theory]
    [InlineData("meet.example")]
    [InlineData("192.168.1.20:8080")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:8080")]
    public async Task Without_https_there_is_none(string host)
    {
        var phone = await AskAsync(shared.Server, ("Host", host));

        phone["address"].ShouldBeNull();
        ((bool)phone["possible"]!).ShouldBeFalse("with addresses of one's own, the switch alone would not make one");
        (await GetAsync(shared.Server, "/phone.svg", ("Host", host))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "meet.example")]
    [InlineData("X-Forwarded-Prefix", "/parley")]
    public async Task One_that_no_code_could_hold_is_none(string header, string beginning)
    {
        await using var server = await RunningServer.StartAsync("--Parley:Proxies", "loopback");
        (string, string)[] headers =
            [("Host", "meet.example"), ("X-Forwarded-Proto", "https"), (header, beginning + new string('a', 4000))];

        (await GetAsync(server, "/phone.svg", headers)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(server, headers))["address"].ShouldBeNull();
    }

    [Fact]
    public async Task Who_sits_at_the_server_is_told_its_address_in_the_network_and_nobody_else()
    {
        await using var server = await RunningServer.StartAsync("--urls", "http://127.0.0.1:0;https://0.0.0.0:0", "--Parley:Https:SelfSigned", "true");
        var https = server.Addresses.Single(address => address.Scheme == "https");
        var expected = LocalAddresses.Read() is [{ AddressFamily: AddressFamily.InterNetwork } first, ..] ? $"https://{first}:{https.Port}/" : null;

        var here = await AskAsync(server);
        var through = await AskAsync(server, ("X-Forwarded-For", "203.0.113.9"));

        ((string?)here["address"]).ShouldBe(expected);
        ((bool)here["selfSigned"]!).ShouldBe(expected is not null);
        through["address"].ShouldBeNull();
    }

    [Fact]
    public async Task The_code_is_an_image_that_scanners_can_read()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Proxies", "loopback");

        using var response = await GetAsync(server, "/phone.svg", ("X-Forwarded-Host", "meet.example"), ("X-Forwarded-Proto", "https"));

        response.Content.Headers.ContentType!.ToString().ShouldBe("image/svg+xml; charset=utf-8");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(QrCode.ToSvg("https://meet.example/"));
    }

    [Fact]
    public void The_image_has_every_module_of_the_code_and_white_around_it()
    {
        const string Address = "https://192.168.1.20:8443/";
        using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);

        var svg = XElement.Parse(QrCode.ToSvg(Address));

        var drawn = Draw(svg.Elements().Last().Attribute("d")!.Value);
        var expected = code.ModuleMatrix.SelectMany((row, y) => Enumerable.Range(0, row.Count).Where(x => row[x]).Select(x => (x, y))).ToHashSet();
        drawn.ShouldBe(expected, ignoreOrder: true);
        drawn.Min(module => Math.Min(module.X, module.Y)).ShouldBe(4);
        svg.Attribute("viewBox")!.Value.ShouldBe($"0 0 {code.ModuleMatrix.Count} {code.ModuleMatrix.Count}");
        svg.Descendants().Attributes("style").ShouldBeEmpty();
    }

    private static HashSet<(int X, int Y)> Draw(string path)
    {
        var modules = new HashSet<(int, int)>();
        foreach (var run in path.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = run.Split([' ', 'h', 'v', 'H', 'z'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
            modules.UnionWith(Enumerable.Range(numbers[0], numbers[2]).Select(x => (x, numbers[1])));
            numbers[3..].ShouldBe([1, numbers[0]]);
        }

        return modules;
    }

    private static async Task<JsonNode> AskAsync(RunningServer server, params (string Name, string Value)[] headers)
    {
        using var response = await GetAsync(server, "/phone", headers);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<HttpResponseMessage> GetAsync(RunningServer server, string path, params (string Name, string Value)[] headers)
    {
        using var http = server.NewHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
