using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task A_server_that_was_not_added_cannot_be_mapped()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Should.Throw<InvalidOperationException>(() => app.MapSocketIO()).Message.ShouldContain("AddSocketIO");
    }

    [Fact]
    public void Adding_twice_adds_settings_and_nothing_else()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSocketIO(o => o.MaxAttachments = 3).Services.AddSocketIO(o => o.MaxPendingAcks = 4);
        using var provider = services.BuildServiceProvider();
        provider.GetServices<SocketServer>().Count().ShouldBe(1);
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<SocketIOOptions>>().Value;
        (options.MaxAttachments, options.MaxPendingAcks).ShouldBe((3, 4));
    }

    [Fact]
    public async Task A_server_may_live_on_any_path()
    {
        await using var server = await TestServer.StartAsync(map: app => app.MapSocketIO("/deep/down/"));
        await using var client = await WebSocketClient.OpenAsync(server, "/deep/down/");
        await client.ConnectAsync();
        await PollingClient.OpenAsync(server, "/deep/down");
    }

    [Fact]
    public async Task A_socket_knows_the_user_that_the_request_was_authenticated_as()
    {
        var names = new Recorder<string?>();
        await using var server = await TestServer.StartAsync(
            map: app =>
            {
                app.Use((context, next) =>
                {
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ann")], "test"));
                    return next(context);
                });
                app.UseRouting();
                app.MapSocketIO();
            },
            io: io => io.Of("/").OnConnection(s => names.Add(s.User.Identity!.Name)));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        (await names.NextAsync()).ShouldBe("ann");
    }

    [Fact]
    public async Task A_host_that_stops_lets_every_client_go_and_admits_no_more()
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io: io => io.Of("/").OnConnection(s => s.OnDisconnected(r => reasons.Add(r.Name))));
        List<Task> ends = [];
        for (var i = 0; i < 20; i++)
        {
            var client = await EngineClient.OpenAsync(server, i % 2 == 0 ? SocketIOTransports.Polling : SocketIOTransports.WebSocket);
            await client.ConnectAsync();
            ends.Add(client.ReceiveToEndAsync());
        }

        var probing = await PollingClient.OpenAsync(server);
        await using var probe = await WebSocketClient.UpgradeAsync(server, probing);
        await probe.SendAsync("2probe");
        (await probe.ReceiveAsync()).ShouldBe("3probe");

        var begun = TimeProvider.System.GetTimestamp();
        await server.StopAsync();

        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(4.5), "nobody waits for a time limit");
        (await reasons.TakeAsync(20)).ShouldAllBe(r => r == "server shutting down");
        await Deadline.For(Task.WhenAll(ends));
        server.IO.Of("/").Sockets.ShouldBeEmpty();
    }
}
