using System.Net;
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

namespace Parley.SocketIO.Tests.Classes;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_class_is_for_those_whom_it_lets_in(bool withServices)
    {
        await using var server = await StartAsync(withServices);
        (await EnterAsync(server, "/members", user: null)).ShouldBe("44/members,{\"message\":\"Unauthorized\"}");
        (await EnterAsync(server, "/members", user: "ann")).ShouldStartWith("40/members,");
        (await EnterAsync(server, "/staff", user: "ann")).ShouldBe("44/staff,{\"message\":\"Forbidden\"}");
        (await EnterAsync(server, "/staff", user: "ann:cook, waiter")).ShouldStartWith("40/staff,");
        (await EnterAsync(server, "/staff", user: ":cook")).ShouldStartWith("40/staff,");
        (await EnterAsync(server, "/open", user: null)).ShouldStartWith("40/open,");
    }

    [Fact]
    public async Task A_method_is_for_those_whom_it_lets_in_and_a_refusal_is_the_acknowledgement()
    {
        await using var server = await StartAsync(withServices: true);
        (await AskAsync(server, "cook", user: "ann")).ShouldBe("[{\"error\":{\"message\":\"Forbidden\"}}]");
        (await AskAsync(server, "cook", user: "ann:cook")).ShouldBe("[\"cooking\"]");
        (await AskAsync(server, "open", user: "ann")).ShouldBe("[\"open\"]");
    }

    [Fact]
    public async Task Policies_and_requirements_of_ones_own_are_asked_with_the_event_as_their_resource()
    {
        await using var server = await StartAsync(withServices: true);
        (await AskAsync(server, "policy", user: "ann")).ShouldBe("[{\"error\":{\"message\":\"Forbidden\"}}]");
        (await AskAsync(server, "policy", user: "bob")).ShouldBe("[\"policy\"]");
        (await AskAsync(server, "guarded", user: "ann")).ShouldBe("[{\"error\":{\"message\":\"Forbidden\"}}]");
        (await AskAsync(server, "guarded", user: "ann", argument: "\"open sesame\"")).ShouldBe("[\"guarded\"]");
    }

    [Fact]
    public async Task A_refusal_that_nobody_waits_for_is_told_to_the_error_handlers_and_no_listener_hears_of_the_event()
    {
        var heard = new Recorder<string>();
        await using var server = await StartAsync(withServices: true, io => io.Of("/members").OnConnection(s =>
        {
            s.OnAny(e => heard.Add(e.Name));
            s.OnError((e, refused) => heard.Add($"{e.Name}: {refused.Message}"));
        }));
        await using var client = await WebSocketClient.OpenAsync(server, query: "&user=ann");
        await client.ConnectAsync("/members");
        await client.SendAsync("42/members,[\"cook\"]", "42/members,[\"open\"]");
        (await heard.TakeAsync(2)).ShouldBe(["cook: Forbidden", "open"]);
    }

    [Fact]
    public async Task A_policy_without_authorization_stops_the_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(TestServer.StartAsync(
            services: s => s.AddSocketIO().AddNamespace<MembersNamespace>()));
        failure.Message.ShouldContain("call services.AddAuthorization()");
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task An_endpoint_that_requires_authorization_makes_no_session_for_strangers(SocketIOTransports transport)
    {
        var users = new Recorder<string?>();
        await using var server = await StartAsync(
            withServices: true, io => io.Of("/").OnConnection(s => users.Add(s.User.Identity!.Name)), requireAuthorization: true);
        if (transport == SocketIOTransports.Polling)
        {
            var refused = await server.Http.GetAsync("/socket.io/?EIO=4&transport=polling");
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await server.Http.GetAsync("/socket.io/?EIO=4&transport=polling&user=:guest")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await server.Http.GetAsync("/socket.io/?EIO=4&transport=polling&user=ann:member")).StatusCode.ShouldBe(HttpStatusCode.OK);
            return;
        }

        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(WebSocketClient.OpenAsync(server));
        await using var client = await WebSocketClient.OpenAsync(server, query: "&user=ann:member");
        await client.ConnectAsync();
        (await users.NextAsync()).ShouldBe("ann");
    }

    private static async Task<string> EnterAsync(TestServer server, string ns, string? user)
    {
        await using var client = await WebSocketClient.OpenAsync(server, query: user is null ? "" : $"&user={Uri.EscapeDataString(user)}");
        await client.SendAsync($"40{ns},");
        return await client.ReceiveAsync();
    }

    private static async Task<string> AskAsync(TestServer server, string name, string user, string argument = "null")
    {
        await using var client = await WebSocketClient.OpenAsync(server, query: $"&user={user}");
        await client.ConnectAsync("/members");
        await client.SendAsync($"42/members,1[\"{name}\",{argument}]");
        var answer = await client.ReceiveAsync();
        answer.ShouldStartWith("43/members,1");
        return answer["43/members,1".Length..];
    }

    private static Task<TestServer> StartAsync(
        bool withServices, Action<SocketServer>? io = null, bool requireAuthorization = false) => TestServer.StartAsync(
        io: io,
        services: s =>
        {
            var socketIO = s.AddSocketIO().AddNamespace<StaffNamespace>().AddNamespace<OpenNamespace>();
            s.AddAuthentication("query").AddScheme<AuthenticationSchemeOptions, QueryAuthentication>("query", null);
            if (withServices)
            {
                socketIO.AddNamespace<MembersNamespace>();
                s.AddAuthorizationBuilder()
                    .AddPolicy("bob", p => p.RequireUserName("bob"))
                    .AddPolicy("member", p => p.RequireRole("member"));
                s.AddSingleton<IAuthorizationHandler, PasswordHandler>();
            }
            else
            {
                socketIO.AddNamespace<PlainMembersNamespace>();
            }
        },
        map: app =>
        {
            app.UseAuthentication();
            var endpoint = app.MapSocketIO();
            if (requireAuthorization)
            {
                app.UseAuthorization();
                endpoint.RequireAuthorization("member");
            }
        });

    /// <summary>Believes what the query says: <c>user=name:role,role</c>.</summary>
    private sealed class QueryAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Query["user"].ToString() is not { Length: > 0 } user)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var (name, roles) = user.Split(':') is [var n, var r] ? (n, r.Split(',', StringSplitOptions.TrimEntries)) : (user, []);
            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }

    private sealed class PasswordHandler : AuthorizationHandler<PasswordAttribute>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PasswordAttribute requirement)
        {
            if (context.Resource is SocketEvent e && e.Arguments.TryGet<string>(0, out var given) && given == requirement.Password)
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}

/// <summary>A rule of the application's own: the event's first argument has to be this.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PasswordAttribute(string password) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public string Password => password;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

[Authorize]
internal abstract class GuardedNamespace : NamespaceHandler;

[Namespace("/members")]
internal sealed partial class PlainMembersNamespace : GuardedNamespace;

[Namespace("/members")]
internal sealed partial class MembersNamespace : GuardedNamespace
{
    [On]
    public string Open() => "open";

    [On]
    [Authorize(Roles = "cook,baker")]
    public string Cook() => "cooking";

    [On]
    [Authorize("bob")]
    public string Policy() => "policy";

    [On]
    [Password("open sesame")]
    public string Guarded() => "guarded";
}

[Namespace("/staff")]
[Authorize(Roles = "cook")]
internal sealed partial class StaffNamespace : NamespaceHandler;

[Namespace("/open")]
[AllowAnonymous]
internal sealed partial class OpenNamespace : GuardedNamespace;
