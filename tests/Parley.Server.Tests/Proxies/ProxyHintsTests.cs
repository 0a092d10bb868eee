using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server.Proxies;
using Parley.Server.Tests.Configuration;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Proxies;

public sealed class ProxyHintsTests
{
    private readonly RecordingLogger<ProxyHints> _log = new();

    [Theory]
    [InlineData("192.0.2.1", "Parley:Proxies=192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "Parley:Proxies=192.0.2.1")]
    [InlineData("127.0.0.1", "Parley:Proxies=loopback")]
    [InlineData("::1", "Parley:Proxies=loopback")]
    public void A_proxy_that_nobody_named_is_told_of_once_with_what_to_configure(string peer, string advice)
    {
        var hints = Hints("");

        for (var request = 0; request < 3; request++)
        {
            hints.LookAtHeaders(Request(peer, ("X-Forwarded-For", "203.0.113.9")));
        }

        _log.Lines.ShouldHaveSingleItem().ShouldContain(advice);
    }

    [Fact]
    public void What_it_says_is_what_works()
    {
        Hints("loopback").LookAtHeaders(Request("127.0.0.1", ("X-Forwarded-For", "203.0.113.9")));
        Hints("192.0.2.1").LookAtHeaders(Request("192.0.2.1", ("X-Forwarded-For", "203.0.113.9")));
        Hints("").LookAtHeaders(Request("192.0.2.1"));

        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_page_refused_because_a_proxy_changed_the_host_is_told_of_once()
    {
        var hints = Hints("");

        hints.LookAtAnswer(Refused("https://meet.example"));
        hints.LookAtAnswer(Refused("https://meet.example"));

        _log.Lines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldContain("\"https://meet.example\""),
            line => line.ShouldContain("\"inner.example:8080\""),
            line => line.ShouldContain("Parley:AllowedOrigins"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("http://inner.example:8080")]
    [InlineData("not an origin")]
    public void Other_refusals_say_nothing(string origin)
    {
        Hints("").LookAtAnswer(Refused(origin));

        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_stranger_writes_no_lines_of_its_own_into_the_log()
    {
        Hints("").LookAtAnswer(Refused($"https://meet.example/\r\nready{new string('x', 500)}"));

        _log.Lines.ShouldAllBe(line => !line.Contains('\n') && line.Length < 500);
    }

    [Fact]
    public void The_switch_that_believes_everybody_is_answered()
    {
        new ProxyHints(_log, new ProxyOptions(), believeEverybody: true).TellOfOldSwitch();
        new ProxyHints(_log, new ProxyOptions(), believeEverybody: false).TellOfOldSwitch();

        _log.Lines.ShouldHaveSingleItem().ShouldContain("Parley:Proxies");
    }

    private static DefaultHttpContext Refused(string origin)
    {
        var context = Request("192.0.2.1", ("Origin", origin));
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context;
    }

    private static DefaultHttpContext Request(string peer, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Host = new("inner.example:8080");
        context.Request.Path = "/socket.io/";
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return context;
    }

    private ProxyHints Hints(string proxies) =>
        new(_log, ProxyOptions.Read(ParleyOptionsTests.Reader(("Proxies", proxies))), believeEverybody: false);
}
