using Microsoft.AspNetCore.Http;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class PageAddressTests
{
    [Theory]
    [InlineData("meet.example.org", true, "meet.example.org", 443)]
    [InlineData("meet.example.org", false, "meet.example.org", 80)]
    [InlineData("192.168.1.5:8080", false, "192.168.1.5", 8080)]
    [InlineData("[fd00::5]:8443", true, "fd00::5", 8443)]
    [InlineData("[::1]", false, "::1", 80)]
    [InlineData("", false, "", 80)]
    [InlineData("a b:c:d", false, null, null)]
    public void It_is_what_the_Host_header_says(string header, bool secure, string? host, int? port)
    {
        var page = Of(secure, ("Host", header));

        // What is no host at all must only not throw.
        page.Host.ShouldBe(host ?? page.Host);
        page.Port.ShouldBe(port ?? page.Port);
        (page.Secure, page.ThroughProxy).ShouldBe((secure, false));
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Original-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    public void What_proxies_write_gives_them_away(string header) =>
        Of(secure: false, ("Host", "meet.example.org"), (header, "203.0.113.1")).ThroughProxy.ShouldBeTrue();

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:80", true)]
    [InlineData("a.localhost", true)]
    [InlineData("127.0.0.2", true)]
    [InlineData("[::1]:80", true)]
    [InlineData("localhost.example.org", false)]
    [InlineData("192.168.1.5", false)]
    public void Some_hosts_lead_to_the_client_itself(string header, bool expected) => Of(secure: false, ("Host", header)).IsLoopback.ShouldBe(expected);

    private static PageAddress Of(bool secure, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        return PageAddress.Of(all, secure, client: null);
    }
}
