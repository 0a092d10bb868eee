using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class MetricsTests : IDisposable
{
    private readonly Dictionary<string, long> _sums = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Connections_packets_bytes_and_ends_are_counted()
    {
        await using var server = await EchoServer.StartAsync();
        Listen(server);
        var polling = await EchoServer.OpenPollingAsync(server);
        var leaving = await EchoServer.OpenWebSocketAsync(server);
        Sum("connections", "polling").ShouldBe(1);
        Sum("connections", "websocket").ShouldBe(1);

        await polling.SendAsync("4hello");
        (await polling.PollAsync()).ShouldBe(["4hello"]);
        await using (var webSocket = await EchoServer.ProbeAsync(server, polling))
        {
            await webSocket.SendAsync("2probe");
            await webSocket.ReceiveAsync();
            await webSocket.SendAsync("5", "4again");
            (await webSocket.ReceiveAsync()).ShouldBe("4again");
            Sum("connections", "polling").ShouldBe(0);
            Sum("connections", "websocket").ShouldBe(2);
            await webSocket.CloseAsync();
        }

        await leaving.SendAsync("nonsense");
        await leaving.ReceiveToEndAsync();
        await leaving.DisposeAsync();
        await Deadline.Until(() => Sum("connections", "websocket") == 0);
        Sum("disconnects", "TransportClosed").ShouldBe(1);
        Sum("disconnects", "ProtocolViolation").ShouldBe(1);
        await Deadline.Until(() => Sum("packets", "transmit") == 4);
        Sum("packets", "receive").ShouldBe(3);
        Sum("io", "receive").ShouldBe("4hello".Length + "4again".Length + "nonsense".Length);
        Sum("outbound.queued", "").ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_to_be_sent_is_counted_and_forgotten_with_its_session()
    {
        await using var server = await EchoServer.StartAsync();
        Listen(server);
        var client = await EchoServer.OpenPollingAsync(server);
        await client.SendAsync("4" + new string('x', 999));
        Sum("outbound.queued", "").ShouldBe(1000);
        await client.SendAsync("1");
        (await client.PollAsync()).ShouldBe(["6"]);
        Sum("outbound.queued", "").ShouldBe(0);
        Sum("connections", "polling").ShouldBe(0);
    }

    private void Listen(TestServer server)
    {
        // Only this server's meter: other tests run beside this one.
        var factory = server.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Parley.SocketIO" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var key = instrument.Name;
            foreach (var tag in tags)
            {
                key += " " + tag.Value;
            }

            lock (_sums)
            {
                _sums[key] = _sums.GetValueOrDefault(key) + value;
            }
        });
        _listener.Start();
    }

    private long Sum(string name, string tag)
    {
        lock (_sums)
        {
            return _sums.GetValueOrDefault($"socketio.server.{name} {tag}".TrimEnd());
        }
    }
}
