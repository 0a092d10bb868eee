using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

/// <summary>A page of another origin that sends credentials in a header, to a server that asks for some.</summary>
public sealed class CrossOriginAuthorizationTests
{
    private const string Poll = "/socket.io/?EIO=4&transport=polling";
    private const string Page = "https://app.example.org";

    /// <summary>Who asks for credentials.</summary>
    public enum Required
    {
        ByTheEndpoint,
        ByTheFallbackPolicy,
        ByTheEndpointBehindCorsOfAspNetCore,
    }

    [Theory]
    [InlineData(Required.ByTheEndpoint)]
    [InlineData(Required.ByTheFallbackPolicy)]
    [InlineData(Required.ByTheEndpointBehindCorsOfAspNetCore)]
    public async Task A_preflight_brings_no_credentials_and_is_answered(Required required)
    {
        await using var server = await StartAsync(required);
        foreach (var method in new[] { "GET", "POST" })
        {
            using var response = await PreflightAsync(server, Page, method);
            await response.ShouldBeAsync(HttpStatusCode.NoContent, "");
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Page]);
            string.Join(',', response.Headers.GetValues("Access-Control-Allow-Headers")).ShouldBe("authorization", StringCompareShould.IgnoreCase);
        }
    }

    [Theory]
    [InlineData(Required.ByTheEndpoint)]
    [InlineData(Required.ByTheFallbackPolicy)]
    public async Task A_preflight_of_a_foreign_page_is_permitted_nothing(Required required)
    {
        await using var server = await StartAsync(required);
        using var response = await PreflightAsync(server, "https://evil.test", "GET");
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        response.Headers.Contains("Access-Control-Allow-Methods").ShouldBeFalse();
    }

    [Theory]
    [InlineData(Required.ByTheEndpoint)]
    [InlineData(Required.ByTheFallbackPolicy)]
    [InlineData(Required.ByTheEndpointBehindCorsOfAspNetCore)]
    public async Task What_comes_without_credentials_afterwards_is_refused_and_costs_the_session_nothing(Required required)
    {
        var users = new Recorder<string?>();
        await using var server = await StartAsync(required, io => io.Of("/").OnConnection(s => users.Add(s.User.Identity!.Name)));
        (await SendAsync(server, HttpMethod.Get, Poll, user: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var opened = await SendAsync(server, HttpMethod.Get, Poll, "ann");
        var open = await opened.Content.ReadAsStringAsync();
        opened.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Page]);
        var session = $"{Poll}&sid={open.Split('"')[3]}";

        (await SendAsync(server, HttpMethod.Get, session, user: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(server, HttpMethod.Post, session, user: null, "40")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(server, HttpMethod.Put, session, user: null, "40")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        users.IsEmpty.ShouldBeTrue();

        using var post = await SendAsync(server, HttpMethod.Post, session, "ann", "40");
        await post.ShouldBeAsync(HttpStatusCode.OK, "ok");
        (await users.NextAsync()).ShouldBe("ann");
    }

    [Fact]
    public async Task Where_no_other_page_is_allowed_a_preflight_is_a_bad_request_and_opens_nothing()
    {
        await using var server = await StartAsync(Required.ByTheEndpoint, options: o => o.AllowedOrigins.Clear());
        using var own = await PreflightAsync(server, server.Address.GetLeftPart(UriPartial.Authority), "GET");
        await own.ShouldBeErrorAsync(2, "Bad handshake method");
        using var foreign = await PreflightAsync(server, Page, "GET");
        await foreign.ShouldBeErrorAsync(4, "Forbidden", HttpStatusCode.Forbidden);
    }

    private static Task<TestServer> StartAsync(
        Required required, Action<SocketServer>? io = null, Action<SocketIOOptions>? options = null) => TestServer.StartAsync(
        options: o =>
        {
            o.AllowedOrigins.Add(Page);
            options?.Invoke(o);
        },
        io: io,
        services: s =>
        {
            s.AddAuthentication("bearer").AddScheme<AuthenticationSchemeOptions, Believing>("bearer", null);
            var authorization = s.AddAuthorizationBuilder();
            if (required == Required.ByTheFallbackPolicy)
            {
                authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            }

            s.AddCors(c => c.AddPolicy("page", p => p.WithOrigins(Page).WithHeaders("authorization").WithMethods("GET", "POST")));
        },
        map: app =>
        {
            app.UseRouting();
            app.UseCors();
            app.UseAuthentication();
            app.UseAuthorization();
            var endpoint = app.MapSocketIO();
            if (required != Required.ByTheFallbackPolicy)
            {
                endpoint.RequireAuthorization();
            }

            if (required == Required.ByTheEndpointBehindCorsOfAspNetCore)
            {
                endpoint.RequireCors("page");
            }
        });

    private static Task<HttpResponseMessage> PreflightAsync(TestServer server, string origin, string method)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, Poll);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        return server.Http.SendAsync(request, Deadline.Token());
    }

    private static Task<HttpResponseMessage> SendAsync(
        TestServer server, HttpMethod method, string url, string? user, string? body = null)
    {
        var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Add("Origin", Page);
        request.Headers.Authorization = user is null ? null : new AuthenticationHeaderValue("Bearer", user);
        return server.Http.SendAsync(request, Deadline.Token());
    }

    /// <summary>Believes what the header says.</summary>
    private sealed class Believing(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header.Parameter is not { } name)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
