using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

/// <summary>
/// Strangers who mean harm. A good client goes on beside them, the server logs no error (its fixture sees to that), and when they
/// are gone all their places are free again.
/// </summary>
public sealed class HostileClientTests
{
    private static readonly string[] Pieces =
    [
        "4", "40", "41", "42", "43", "45", "1", "2", "3", "5", "6", "451-", "/", "/custom", ",", "[", "]", "{", "}", "\"echo\"", "0", "12",
        "{\"_placeholder\":true,\"num\":0}", "\\ud800", "null", "\u001e", "b", "AQID",
    ];

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public Task Random_packets(SocketIOTransports transport) => SurviveAsync(async (server, random) =>
    {
        for (var round = 0; round < 60; round++)
        {
            await using var client = await EngineClient.OpenAsync(server, transport);
            if (random.Next(2) == 0)
            {
                await client.ConnectAsync();
            }

            for (var i = 0; i < 5; i++)
            {
                if (!await TrySendAsync(client, random))
                {
                    break;
                }
            }

            await LeaveAsync(client);
        }
    });

    [Fact]
    public Task Random_bytes_instead_of_http_and_of_frames() => SurviveAsync(async (server, random) =>
    {
        for (var round = 0; round < 60; round++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", server.Address.Port);
            var stream = socket.GetStream();
            if (round % 2 == 0)
            {
                await stream.WriteAsync(Upgrade());
                (await stream.ReadAsync(new byte[1000])).ShouldBeGreaterThan(0);
            }

            var bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            await stream.WriteAsync(bytes);
        }
    });

    [Fact]
    public Task Requests_that_are_cut_off_anywhere() => SurviveAsync(async (server, random) =>
    {
        for (var round = 0; round < 100; round++)
        {
            var sid = round % 3 == 0 ? "" : $"&sid={(await PollingClient.OpenAsync(server)).Sid}";
            byte[] request = (round % 4) switch
            {
                0 => Upgrade(sid),
                1 => Encoding.ASCII.GetBytes($"GET /socket.io/?EIO=4&transport=polling{sid} HTTP/1.1\r\nHost: a\r\n\r\n"),
                2 => Encoding.ASCII.GetBytes(
                    $"POST /socket.io/?EIO=4&transport=polling{sid} HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\n\r\n40"),
                _ => Encoding.ASCII.GetBytes(
                    $"POST /socket.io/?EIO=4&transport=polling{sid} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n40\r\n"),
            };
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", server.Address.Port);
            socket.LingerState = new LingerOption(true, random.Next(2));
            await socket.GetStream().WriteAsync(request.AsMemory(0, random.Next(2) == 0 ? request.Length : random.Next(request.Length)));
        }
    });

    [Fact]
    public Task Upgrades_that_race_each_other_a_poll_a_post_and_the_end() => SurviveAsync(async (server, random) =>
    {
        for (var round = 0; round < 40; round++)
        {
            var polling = await PollingClient.OpenAsync(server);
            var webSockets = await Task.WhenAll(
                WebSocketClient.UpgradeAsync(server, polling), WebSocketClient.UpgradeAsync(server, polling));
            List<Task> all = [IgnoreAsync(polling.GetAsync()), IgnoreAsync(polling.PostAsync(round % 3 == 0 ? "1" : "40"))];
            foreach (var webSocket in webSockets)
            {
                all.Add(IgnoreAsync(webSocket.SendAsync("2probe", random.Next(4) == 0 ? "4" : "5", "42[\"echo\",1]")));
            }

            if (round % 2 == 0)
            {
                await Task.WhenAll(all);
            }

            foreach (var webSocket in webSockets)
            {
                await webSocket.DisposeAsync();
            }

            await Deadline.For(Task.WhenAll(all));
            await LeaveAsync(polling);
        }
    });

    [Fact]
    public Task Coming_and_going_without_end() => SurviveAsync(async (server, _) =>
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var client = await WebSocketClient.OpenAsync(server);
            for (var i = 0; i < 500; i++)
            {
                await client.ConnectAsync();
                await client.SendAsync("42[\"echo\",1]", "41");
                if (i % 50 == 49)
                {
                    await client.ConnectAsync("/custom");
                    await client.SendAsync("41/custom");
                }
            }

            await client.SendAsync("1");
            await client.ReceiveToEndAsync();
        })));
    });

    private static async Task SurviveAsync(Func<TestServer, Random, Task> attack)
    {
        // On a clock that stands still nothing is sent that was not asked for.
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time: time, io: io =>
        {
            io.Of("/").OnConnection(s => s.On("echo", e => { e.Ack(e.Arguments); }));
            io.Of("/custom");
        });
        using var sums = new MetricSums(server);
        await using var good = await WebSocketClient.OpenAsync(server);
        await good.ConnectAsync();
        using var over = new CancellationTokenSource();
        var beside = Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                await good.SendAsync($"42{i}[\"echo\",{i}]");
                (await good.ReceiveAsync()).ShouldBe($"43{i}[{i}]");
            }
        });

        await attack(server, new Random(8080));
        await over.CancelAsync();
        await Deadline.For(beside);
        await good.CloseAsync();

        // The last sessions of the attack end by their ping timeout.
        var engine = server.Services.GetRequiredService<EngineServer>();
        await Deadline.Until(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return engine.Occupancy == (0, 0);
        });
        sums.Of("connections", "polling").ShouldBe(0);
        sums.Of("connections", "websocket").ShouldBe(0);
        sums.Of("outbound.queued").ShouldBe(0);
        server.IO.Of("/").Sockets.ShouldBeEmpty();
    }

    private static async Task<bool> TrySendAsync(EngineClient client, Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        try
        {
            if (client is PollingClient polling)
            {
                using var answer = await polling.PostAsync(text);
                return answer.IsSuccessStatusCode;
            }

            await client.SendAsync(random.Next(5) == 0 ? Encoding.UTF8.GetBytes(text) : (Frame)text);
            return true;
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task LeaveAsync(EngineClient client)
    {
        if (client is PollingClient polling)
        {
            await IgnoreAsync(polling.PostAsync("1"));
        }
    }

    private static async Task IgnoreAsync(Task task)
    {
        try
        {
            await Deadline.For(task);
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            // The attacker does not care.
        }
    }

    private static byte[] Upgrade(string sid = "") => Encoding.ASCII.GetBytes(
        $"GET /socket.io/?EIO=4&transport=websocket{sid} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
}
