using System.Text;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.EngineIO.Transports;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

/// <summary>Moments that no client can hit on purpose, put together by hand.</summary>
public sealed class UpgradeRaceTests
{
    private const string BadRequest = """{"code":3,"message":"Bad request"}""";

    private readonly EngineWorld _world = new();

    [Fact]
    public async Task A_poll_that_was_verified_before_the_upgrade_is_refused_after_it()
    {
        var (session, polling) = await _world.OpenPollingAsync();
        Upgrade(session);

        (await EngineWorld.PollAsync(polling)).ShouldBe((400, BadRequest));
        session.EndCause.ShouldBeNull();
    }

    [Fact]
    public async Task A_poll_that_was_verified_before_the_end_is_refused_after_it()
    {
        var (session, polling) = await _world.OpenPollingAsync();
        session.End(DisconnectCause.PingTimeout);

        (await EngineWorld.PollAsync(polling)).ShouldBe((400, """{"code":1,"message":"Session ID unknown"}"""));
    }

    [Fact]
    public async Task A_poll_that_was_let_go_just_before_the_upgrade_takes_nothing_from_the_websocket()
    {
        var (session, polling) = await _world.OpenPollingAsync();
        var poll = EngineWorld.PollAsync(polling);
        StuckTransport webSocket;
        lock (session.Gate)
        {
            session.Send("4first".ToPacket(), []);
            webSocket = Upgrade(session);
        }

        (await poll).ShouldBe((400, BadRequest));
        webSocket.Take().ShouldBe(["4first"]);
    }

    [Fact]
    public async Task A_poll_that_waits_when_the_upgrade_completes_is_refused()
    {
        var (session, polling) = await _world.OpenPollingAsync();
        var poll = EngineWorld.PollAsync(polling);
        Upgrade(session);

        (await poll).ShouldBe((400, BadRequest));
    }

    [Fact]
    public async Task A_waiting_poll_is_let_go_100_ms_after_the_probe_and_not_at_once()
    {
        var (session, polling) = await _world.OpenPollingAsync();
        session.TryBeginUpgrade(out var ended);
        var poll = EngineWorld.PollAsync(polling);
        using var socket = new ProbingSocket();
        var upgrade = new UpgradeProbe(session, socket, _world.Options, _world.Time).RunAsync(ended);
        socket.Sent.ShouldBe(["3probe"]);

        _world.Time.Advance(TimeSpan.FromMilliseconds(99));
        poll.IsCompleted.ShouldBeFalse();
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await poll).ShouldBe((200, "6"));

        session.End(DisconnectCause.TransportFailed);
        (await Deadline.For(upgrade)).ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_websocket_that_says_nothing_makes_room_for_another_in_time(bool afterTheProbe)
    {
        var (session, _) = await _world.OpenPollingAsync();
        session.TryBeginUpgrade(out var ended);
        using var socket = new ProbingSocket(probes: afterTheProbe);
        var upgrade = new UpgradeProbe(session, socket, _world.Options, _world.Time).RunAsync(ended);
        _world.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        session.TryBeginUpgrade(out _).ShouldBeFalse();
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await Deadline.For(upgrade)).ShouldBeNull();
        session.TryBeginUpgrade(out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_one_websocket_may_upgrade_a_session_at_a_time()
    {
        var (session, _) = await _world.OpenPollingAsync();
        session.TryBeginUpgrade(out _).ShouldBeTrue();
        session.TryBeginUpgrade(out _).ShouldBeFalse();
        session.AbandonUpgrade();
        session.TryBeginUpgrade(out _).ShouldBeTrue();
        session.CompleteUpgrade(s => new StuckTransport(s)).ShouldNotBeNull();
        session.TryBeginUpgrade(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(DisconnectCause.PingTimeout)]
    [InlineData(DisconnectCause.ServerShutdown)]
    public async Task An_upgrade_ends_with_its_session(DisconnectCause cause)
    {
        var (session, _) = await _world.OpenPollingAsync();
        session.TryBeginUpgrade(out var ended);
        session.Close(cause);

        var cancelled = new TaskCompletionSource();
        using (ended.Register(cancelled.SetResult))
        {
            await Deadline.For(cancelled.Task);
        }
    }

    [Fact]
    public async Task What_the_server_said_last_reaches_a_client_that_has_stopped_polling_to_upgrade()
    {
        var (session, _) = await _world.OpenPollingAsync();
        session.TryBeginUpgrade(out _);
        session.Send("41".ToPacket(), []);
        session.Close(DisconnectCause.ServerDisconnected);

        var webSocket = session.CompleteUpgrade(s => new StuckTransport(s));

        webSocket.ShouldNotBeNull().Take(1).ShouldBe(["41"]);
        _world.Time.Advance(TimeSpan.FromSeconds(5));
        session.IsClosed.ShouldBeTrue();
        webSocket.Aborted.ShouldBe(DisconnectCause.TransportClosed);
    }

    [Fact]
    public async Task Nothing_is_upgraded_after_the_end()
    {
        var (session, _) = await _world.OpenPollingAsync();
        session.TryBeginUpgrade(out _);
        session.End(DisconnectCause.TransportFailed);
        session.CompleteUpgrade(s => new StuckTransport(s)).ShouldBeNull();
    }

    private static StuckTransport Upgrade(EngineSession session)
    {
        session.TryBeginUpgrade(out _).ShouldBeTrue();
        return session.CompleteUpgrade(s => new StuckTransport(s))!;
    }

    /// <summary>Probes, if it does, and then says nothing until it is cancelled.</summary>
    private sealed class ProbingSocket(bool probes = true) : IMessageSocket
    {
        private bool _probed = !probes;

        public List<string> Sent { get; } = [];

        public async ValueTask<ReceivedMessage> ReceiveAsync(CancellationToken cancellationToken)
        {
            if (!_probed)
            {
                _probed = true;
                return new(MessageKind.Text, "2probe"u8.ToArray());
            }

            var cancelled = new TaskCompletionSource();
            using (cancellationToken.Register(cancelled.SetResult))
            {
                await cancelled.Task;
            }

            return new(MessageKind.Failed);
        }

        public ValueTask<bool> SendAsync(
            ReadOnlyMemory<byte> data, bool isBinary, bool mayCompress, CancellationToken cancellationToken)
        {
            Sent.Add(Encoding.UTF8.GetString(data.Span));
            return ValueTask.FromResult(true);
        }

        public ValueTask CloseAsync(ushort code, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Abort()
        {
        }

        public void Dispose()
        {
        }
    }
}
