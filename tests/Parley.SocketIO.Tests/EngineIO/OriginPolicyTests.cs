using Microsoft.AspNetCore.Http;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("http://example.org", true)]
    [InlineData("https://example.org", false)]
    [InlineData("http://EXAMPLE.org", true)]
    [InlineData("http://example.org:80", true)]
    [InlineData("http://example.org:8080", false)]
    [InlineData("http://sub.example.org", false)]
    [InlineData("http://example.org.evil.test", false)]
    [InlineData("null", false)]
    [InlineData("file://", false)]
    [InlineData("ftp://example.org", false)]
    [InlineData("example.org", false)]
    public void Without_settings_only_the_own_host_and_port_may_connect(string? origin, bool admitted) =>
        Admit(origin, "example.org:80").Admitted.ShouldBe(admitted);

    [Theory]
    [InlineData("https://example.org", "example.org", true)]
    [InlineData("http://example.org", "example.org", true)]
    [InlineData("https://example.org:8443", "example.org:8443", true)]
    [InlineData("http://[::1]:5000", "[::1]:5000", true)]
    [InlineData("http://127.0.0.1:5000", "127.0.0.1:5000", true)]
    [InlineData("http://127.0.0.1:5000", "localhost:5000", false)]
    public void Over_http_the_scheme_does_not_matter_since_a_proxy_may_have_ended_tls(string origin, string host, bool admitted) =>
        Admit(origin, host).Admitted.ShouldBe(admitted);

    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("http://example.org", false)]
    [InlineData("http://example.org:443", false)]
    public void Where_the_request_is_known_to_be_https_so_is_the_page(string origin, bool admitted)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "https";
        context.Request.Host = new("example.org");
        context.Request.Headers.Origin = origin;

        new OriginPolicy(new SocketIOOptions()).Admit(context).ShouldBe(admitted);
    }

    [Fact]
    public void An_allowed_origin_is_told_so()
    {
        var (admitted, headers) = Admit("https://app.example.org", "api.example.org", "https://app.example.org/");
        admitted.ShouldBeTrue();
        headers.AccessControlAllowOrigin.ToString().ShouldBe("https://app.example.org");
        headers.AccessControlAllowCredentials.Count.ShouldBe(0);
        headers.Vary.ToString().ShouldBe("Origin");
    }

    [Fact]
    public void Credentials_are_allowed_when_asked_for()
    {
        var options = new SocketIOOptions { AllowCredentials = true };
        options.AllowedOrigins.Add("https://a.example");
        Admit("https://a.example", "b.example", options).Headers.AccessControlAllowCredentials.ToString().ShouldBe("true");
    }

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("null")]
    [InlineData("https://app.example.org:8443")]
    [InlineData("http://app.example.org")]
    public void An_origin_that_is_not_listed_gets_no_permission(string origin)
    {
        var (admitted, headers) = Admit(origin, "api.example.org", "https://app.example.org");
        admitted.ShouldBeFalse();
        headers.AccessControlAllowOrigin.Count.ShouldBe(0);
        headers.Vary.ToString().ShouldBe("Origin");
    }

    [Theory]
    [InlineData("https://anything.test")]
    [InlineData("null")]
    public void A_star_allows_every_origin(string origin)
    {
        var (admitted, headers) = Admit(origin, "api.example.org", "*");
        admitted.ShouldBeTrue();
        headers.AccessControlAllowOrigin.ToString().ShouldBe("*");
    }

    [Theory]
    [InlineData("http://a\u0007", true)]
    [InlineData("http://\u00e4", true)]
    [InlineData("http://a", false)]
    public void Control_characters_and_others_that_no_browser_sends_are_malformed(string origin, bool malformed) =>
        OriginPolicy.IsMalformed(origin).ShouldBe(malformed);

    private static (bool Admitted, IHeaderDictionary Headers) Admit(string? origin, string host, params string[] allowed)
    {
        var options = new SocketIOOptions();
        foreach (var one in allowed)
        {
            options.AllowedOrigins.Add(one);
        }

        return Admit(origin, host, options);
    }

    private static (bool Admitted, IHeaderDictionary Headers) Admit(string? origin, string host, SocketIOOptions options)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        return (new OriginPolicy(options).Admit(context), context.Response.Headers);
    }
}
