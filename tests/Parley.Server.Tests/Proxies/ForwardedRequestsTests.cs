using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Parley.Server.Proxies;
using Parley.Server.Tests.Configuration;

namespace Parley.Server.Tests.Proxies;

public sealed class ForwardedRequestsTests
{
    private const string Peer = "192.0.2.1";

    [Fact]
    public async Task Nobody_is_believed_by_default()
    {
        var seen = await AskAsync(proxies: null, Peer, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "meet.example"), ("X-Forwarded-Prefix", "/parley"));

        seen.ShouldBe(new Seen(Peer, "http://inner.example/r/room", "", FromThisMachine: false));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.0/24", "192.0.2.1")]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.1")]
    [InlineData("2001:db8::/32", "2001:db8::77")]
    [InlineData("loopback", "127.0.0.1")]
    [InlineData("loopback", "127.9.9.9")]
    [InlineData("Loopback", "::1")]
    [InlineData("198.51.100.7, loopback", "::ffff:127.0.0.1")]
    [InlineData("loopback", null)]
    public async Task A_configured_proxy_is_believed(string proxies, string? peer)
    {
        var seen = await AskAsync(proxies, peer, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "meet.example:444"));

        seen.ShouldBe(new Seen("203.0.113.9", "https://meet.example:444/r/room", "", FromThisMachine: false));
    }

    [Theory]
    [InlineData("192.0.2.2", "192.0.2.1")]
    [InlineData("loopback", "192.0.2.1")]
    [InlineData("192.0.2.0/24", "127.0.0.1")]
    [InlineData("192.0.2.0/24", null)]
    [InlineData("2001:db8::/32", "2001:db9::1")]
    public async Task Anyone_else_changes_nothing(string proxies, string? peer)
    {
        var seen = await AskAsync(proxies, peer, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "meet.example"));

        seen.Url.ShouldBe("http://inner.example/r/room");
        seen.Address.ShouldBe(peer);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:51000", "203.0.113.9")]
    [InlineData("[2001:db8::9]:51000", "2001:db8::9")]
    [InlineData("2001:db8::9", "2001:db8::9")]

    // What the client wrote itself stands before what the proxy adds.
    [InlineData("127.0.0.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("unknown, 203.0.113.9", "203.0.113.9")]

    // Two proxies in a row, both configured.
    [InlineData("203.0.113.9, 192.0.2.2", "203.0.113.9")]
    [InlineData("127.0.0.1, 203.0.113.9, 192.0.2.3, 192.0.2.2", "203.0.113.9")]

    // A hop that nobody named ends the chain.
    [InlineData("203.0.113.9, 198.51.100.1, 192.0.2.2", "198.51.100.1")]
    [InlineData("203.0.113.9, nonsense, 192.0.2.2", "192.0.2.2")]
    [InlineData("nonsense", Peer)]
    [InlineData("", Peer)]
    public async Task The_address_is_followed_hop_by_hop_and_no_further_than_the_proxies_go(string forwardedFor, string expected) =>
        (await AskAsync("192.0.2.0/24", Peer, ("X-Forwarded-For", forwardedFor))).Address.ShouldBe(expected);

    [Theory]
    [InlineData("/parley", "/parley")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("parley", "")]
    public async Task The_path_that_a_proxy_takes_away_is_told_by_it(string prefix, string expected) =>
        (await AskAsync(Peer, Peer, ("X-Forwarded-Prefix", prefix))).PathBase.ShouldBe(expected);

    [Fact]
    public async Task The_path_that_a_proxy_leaves_is_taken_away_here()
    {
        (await AskAsync(null, Peer, "/parley", "/parley/r/room")).ShouldBe(new Seen(Peer, "http://inner.example/r/room", "/parley", false));
        (await AskAsync(null, Peer, "/parley", "/r/room")).ShouldBe(new Seen(Peer, "http://inner.example/r/room", "", false));
        (await AskAsync(null, Peer, "/parley", "/parleying/r/room")).ShouldBe(new Seen(Peer, "http://inner.example/parleying/r/room", "", false));
    }

    [Fact]
    public async Task Both_at_once_are_no_two_paths()
    {
        var left = await AskAsync(Peer, Peer, "/parley", "/parley/r/room", ("X-Forwarded-Prefix", "/parley"));
        var taken = await AskAsync(Peer, Peer, "/parley", "/r/room", ("X-Forwarded-Prefix", "/parley"));

        left.ShouldBe(new Seen(Peer, "http://inner.example/r/room", "/parley", false));
        taken.ShouldBe(left);
    }

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("192.0.2.1", null, false)]
    [InlineData("127.0.0.1", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "Forwarded", false)]
    [InlineData("127.0.0.1", "Via", false)]
    [InlineData("127.0.0.1", "X-Forwarded-Host", false)]
    public async Task A_request_is_from_this_machine_only_if_no_proxy_has_passed_it_on(string peer, string? header, bool expected)
    {
        // Even where the proxy is believed, and says that its client is here: that may be a tunnel.
        var seen = await AskAsync("loopback", peer, header is null ? [] : [(header, "127.0.0.1")]);

        seen.FromThisMachine.ShouldBe(expected);
    }

    [Fact]
    public async Task The_switch_of_ASP_NET_Core_that_believes_everybody_does_nothing()
    {
        var seen = await AskAsync(null, Peer, "", "/r/room", [("X-Forwarded-For", "203.0.113.9")], ("ForwardedHeaders_Enabled", "true"));

        seen.Address.ShouldBe(Peer);
    }

    private static Task<Seen> AskAsync(string? proxies, string? peer, params (string Name, string Value)[] headers) =>
        AskAsync(proxies, peer, string.Empty, "/r/room", headers);

    private static Task<Seen> AskAsync(string? proxies, string? peer, string pathBase, string path, params (string Name, string Value)[] headers) =>
        AskAsync(proxies, peer, pathBase, path, headers, ("Logging:LogLevel:Default", "Error"));

    private static async Task<Seen> AskAsync(
        string? proxies, string? peer, string pathBase, string path, (string Name, string Value)[] headers, (string Key, string Value) setting)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(setting.Key, (string?)setting.Value)]);
        builder.AddProxies(ProxyOptions.Read(ParleyOptionsTests.Reader(("Proxies", proxies ?? string.Empty), ("PathBase", pathBase))));
        await using var app = builder.Build();
        app.UseProxies();
        Seen? seen = null;
        app.Run(context =>
        {
            var request = context.Request;
            seen = new(
                context.Connection.RemoteIpAddress?.ToString(),
                $"{request.Scheme}://{request.Host}{request.Path}",
                request.PathBase.Value!,
                context.IsFromThisMachine());
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.GetTestServer().SendAsync(
            context =>
            {
                context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
                context.Request.Scheme = "http";
                context.Request.Host = new("inner.example");
                context.Request.Path = path;
                foreach (var (name, value) in headers)
                {
                    context.Request.Headers[name] = value;
                }
            },
            TestContext.Current.CancellationToken);
        return seen.ShouldNotBeNull();
    }

    private sealed record Seen(string? Address, string Url, string PathBase, bool FromThisMachine);
}
