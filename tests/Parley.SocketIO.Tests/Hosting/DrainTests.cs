using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class DrainTests
{
    [Fact]
    public async Task What_is_under_way_is_finished_while_new_clients_are_refused_and_health_says_so()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reasons = new Recorder<string>();
        var started = await TestServer.StartAsync(
            o => o.DrainGrace = TimeSpan.FromMinutes(1),
            io => io.Of("/").OnConnection(s =>
            {
                s.OnDisconnected(reason => reasons.Add(reason.Name));
                s.On("work", async (SocketEvent e) =>
                {
                    begun.SetResult();
                    await goOn.Task;
                    e.Ack("done");
                });
            }),
            services: services => services.AddHealthChecks().AddSocketIO());

        // ASP.NET Core logs a failed health check as an error.
        await using var server = started.ExpectingErrors();
        var health = server.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(Deadline.Token())).Status.ShouldBe(HealthStatus.Healthy);
        await using var idle = await WebSocketClient.OpenAsync(server);
        await idle.ConnectAsync();
        await using var busy = await WebSocketClient.OpenAsync(server);
        await busy.ConnectAsync();
        await busy.SendAsync("420[\"work\"]");
        await Deadline.For(begun.Task);

        // As a signal would: it is told first.
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        (await health.CheckHealthAsync(Deadline.Token())).Status.ShouldBe(HealthStatus.Unhealthy);
        using (var refused = await server.Http.GetAsync("/socket.io/?EIO=4&transport=polling", Deadline.Token()))
        {
            await refused.ShouldBeErrorAsync(4, "Server shutting down", HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        var stopping = server.StopAsync();
        (await idle.ReceiveToEndAsync()).ShouldBeEmpty();
        (await reasons.NextAsync()).ShouldBe("server shutting down");
        stopping.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        (await busy.ReceiveAsync()).ShouldBe("430[\"done\"]");
        (await busy.ReceiveToEndAsync()).ShouldBeEmpty();
        (await reasons.NextAsync()).ShouldBe("server shutting down");
        await stopping;
    }

    [Fact]
    public async Task An_acknowledgement_that_the_server_waits_for_is_waited_for()
    {
        var answered = new TaskCompletionSource<string?>();
        await using var server = await TestServer.StartAsync(
            o => o.DrainGrace = TimeSpan.FromMinutes(1),
            io => io.Of("/").OnConnection(s => s.On("go", _ => Ask(s, answered))));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("42[\"go\"]");
        (await client.ReceiveAsync()).ShouldBe("420[\"ready?\"]");
        var stopping = server.StopAsync();
        await Deadline.Until(() => server.Services.GetRequiredService<EngineServer>().IsStopping);
        await client.SendAsync("430[\"yes\"]");
        (await Deadline.For(answered.Task)).ShouldBe("yes");
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        await stopping;
    }

    [Fact]
    public async Task Work_without_end_does_not_keep_the_host_beyond_its_own_time()
    {
        var begun = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            o => (o.DrainDuration, o.DrainGrace) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1)),
            io => io.Of("/").OnConnection(s => s.On("work", async (SocketEvent e) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, s.ConnectionAborted);
            })),
            services: services => services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2)));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("42[\"work\"]");
        await Deadline.For(begun.Task);
        var ended = client.ReceiveToEndAsync();
        await server.StopAsync();
        (await Deadline.For(ended)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Clients_by_every_transport_are_told_and_spread_over_the_time()
    {
        await using var server = await TestServer.StartAsync(o => o.DrainDuration = TimeSpan.FromSeconds(1));
        List<Task<List<Frame>>> ends = [];
        for (var i = 0; i < 10; i++)
        {
            var client = await EngineClient.OpenAsync(server, i % 2 == 0 ? SocketIOTransports.Polling : SocketIOTransports.WebSocket);
            await client.ConnectAsync();
            ends.Add(client.ReceiveToEndAsync());
        }

        var begun = TimeProvider.System.GetTimestamp();
        var stopping = server.StopAsync();
        await Deadline.For(Task.WhenAny(ends));
        ends.Count(end => end.IsCompleted).ShouldBeLessThan(10, "not all at once");
        await Deadline.For(Task.WhenAll(ends));
        await stopping;
        TimeProvider.System.GetElapsedTime(begun).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    private static void Ask(Socket socket, TaskCompletionSource<string?> answered) =>
        _ = AskAsync(socket, answered);

    private static async Task AskAsync(Socket socket, TaskCompletionSource<string?> answered)
    {
        var answer = await socket.EmitWithAckAsync("ready?");
        answered.SetResult(answer.Get<string>(0));
    }
}
