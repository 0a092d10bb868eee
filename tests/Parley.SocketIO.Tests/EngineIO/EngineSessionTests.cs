using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class EngineSessionTests
{
    private readonly EngineWorld _world = new(o =>
    {
        o.MaxOutboundBytes = 1024;
        o.MaxSessionsPerAddress = 2;
    });

    [Fact]
    public void A_client_that_does_not_read_is_closed_when_its_bound_is_reached()
    {
        var handler = new RecordingHandler();
        var session = Open(out var transport, handler);
        session.Send(Packet(1000), []).ShouldBe(EmitResult.Queued);
        session.Send(Packet(1000), []).ShouldBe(EmitResult.Queued);
        session.Send(Packet(1), []).ShouldBe(EmitResult.Dropped);

        session.IsClosed.ShouldBeTrue();
        transport.Aborted.ShouldBe(DisconnectCause.SlowReader);
        session.Send(Packet(1), []).ShouldBe(EmitResult.Closed);
    }

    [Fact]
    public async Task A_sender_that_waits_for_room_never_costs_a_slow_client_its_connection()
    {
        var session = Open(out var transport);
        var senders = Enumerable.Range(0, 20).Select(_ => session.SendAsync(Packet(600), [], default).AsTask()).ToList();
        senders.Count(s => s.IsCompleted).ShouldBe(1);
        for (var i = 0; i < 20; i++)
        {
            await Deadline.Until(() => senders.Count(s => s.IsCompleted) == i + 1);
            transport.Take(1).Count.ShouldBe(1);
        }

        (await Task.WhenAll(senders)).ShouldAllBe(r => r == EmitResult.Queued);
        session.EndCause.ShouldBeNull();
    }

    [Fact]
    public async Task A_sender_that_waits_is_let_go_by_the_end_and_by_its_caller()
    {
        var session = Open(out _);
        session.Send(Packet(600), []);
        using var giveUp = new CancellationTokenSource();
        var impatient = session.SendAsync(Packet(600), [], giveUp.Token).AsTask();
        var patient = session.SendAsync(Packet(600), [], default).AsTask();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);

        session.End(DisconnectCause.TransportFailed);

        (await Deadline.For(patient)).ShouldBe(EmitResult.Closed);
    }

    [Theory]
    [InlineData(DisconnectCause.ProtocolViolation)]
    [InlineData(DisconnectCause.PingTimeout)]
    public async Task A_waiting_poll_learns_that_the_session_has_ended(DisconnectCause cause)
    {
        var (session, polling) = await _world.OpenPollingAsync();
        var poll = EngineWorld.PollAsync(polling);
        session.Close(cause);
        (await poll).ShouldBe((200, "1"));
    }

    [Fact]
    public async Task The_next_post_may_come_the_moment_the_answer_to_the_last_one_leaves()
    {
        var (session, polling) = await _world.OpenPollingAsync();
        var second = Post(new MemoryStream());
        var answered = new WatchedStream(() => polling.HandlePostAsync(second));
        await polling.HandlePostAsync(Post(answered));
        second.Response.StatusCode.ShouldBe(200);
        session.EndCause.ShouldBeNull();

        static DefaultHttpContext Post(Stream answer)
        {
            var context = new DefaultHttpContext();
            context.Request.Body = new MemoryStream("4a"u8.ToArray());
            context.Response.Body = answer;
            return context;
        }
    }

    [Fact]
    public void Attachments_follow_their_packet_directly()
    {
        var session = Open(out var transport);
        session.Send(Packet(3), [new byte[] { 1 }, new byte[] { 2 }]);
        session.Send("4next".ToPacket(), []);
        transport.Take().ShouldBe(["xxx", "01", "02", "4next"]);
    }

    [Fact]
    public void Places_are_given_back_by_address()
    {
        var address = AddressKey.Of(IPAddress.Loopback);
        var first = Open(out _);
        Open(out _);
        _world.Server.TryAdmit(address, out var error).ShouldBeNull();
        error.ShouldBe(EngineError.TooManySessionsFromAddress);
        using (_world.Server.TryAdmit(AddressKey.Of(IPAddress.Parse("10.0.0.1")), out error))
        {
            error.ShouldBeNull();
        }

        first.End(DisconnectCause.TransportFailed);
        first.End(DisconnectCause.TransportFailed);
        _world.Server.TryGet(first.Id, out _).ShouldBeFalse();

        var place = _world.Server.TryAdmit(address, out _).ShouldNotBeNull();
        _world.Server.TryAdmit(address, out _).ShouldBeNull();
        place.Dispose();
        _world.Server.TryAdmit(address, out _).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_session_whose_place_was_taken_before_the_server_stopped_ends_when_it_is_made()
    {
        var handler = new RecordingHandler();
        using var place = _world.Server.TryAdmit(AddressKey.Of(IPAddress.Loopback), out _);
        _world.Server.Stop();
        _world.Server.TryAdmit(AddressKey.Of(IPAddress.Loopback), out var error).ShouldBeNull();
        error.ShouldBe(EngineError.ServerStopping);

        var session = place!.Open(s => new StuckTransport(s));
        session.Start(handler, "0{}".ToPacket());

        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.ServerShutdown);
        handler.Closed.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_handler_that_holds_up_the_reading_does_not_cost_its_client_the_heartbeat()
    {
        var release = new TaskCompletionSource();
        var handler = new RecordingHandler { OnMessage = _ => new ValueTask(release.Task) };
        var session = Open(out _, handler);
        var reading = session.HandlePacketAsync("4slow"u8.ToArray(), isBinary: false).AsTask();
        _world.Time.Advance(TimeSpan.FromSeconds(200));
        session.EndCause.ShouldBeNull();

        release.SetResult();
        (await Deadline.For(reading)).ShouldBeTrue();
        _world.Time.Advance(TimeSpan.FromSeconds(20));
        session.EndCause.ShouldBe(DisconnectCause.PingTimeout);
    }

    [Fact]
    public async Task Messages_are_handled_one_at_a_time_whichever_request_brought_them()
    {
        var running = 0;
        var handler = new RecordingHandler
        {
            OnMessage = async _ =>
            {
                Interlocked.Increment(ref running).ShouldBe(1);
                await Task.Yield();
                Interlocked.Decrement(ref running);
            },
        };
        var session = Open(out _, handler);
        var all = await Deadline.For(Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => Task.Run(() => session.HandlePacketAsync(new byte[] { (byte)'4', (byte)i }, isBinary: false).AsTask()))));
        all.ShouldAllBe(handled => handled);
        (await handler.Messages.TakeAsync(100)).Count.ShouldBe(100);
    }

    private EngineSession Open(out StuckTransport transport, RecordingHandler? handler = null)
    {
        StuckTransport? made = null;
        var session = _world.Open(s => made = new StuckTransport(s), handler);
        transport = made!;
        transport.Take().ShouldBe(["0{}"]);
        return session;
    }

    /// <summary>Does something before it takes what is written.</summary>
    private sealed class WatchedStream(Func<Task> onWrite) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await onWrite();
            await base.WriteAsync(buffer, cancellationToken);
        }
    }

    private static OutboundPacket Packet(int size) => new string('x', size).ToPacket();
}
