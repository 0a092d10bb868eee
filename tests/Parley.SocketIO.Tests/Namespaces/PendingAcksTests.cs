using System.Text;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class PendingAcksTests
{
    private readonly PendingAcks _acks = new(max: 3);

    [Fact]
    public async Task An_acknowledgement_completes_its_wait_and_no_other()
    {
        var first = _acks.Add(1);
        var second = _acks.Add(2);
        _acks.Complete(2, Arguments("\"two\""));
        (await Deadline.For(second)).Get<string>(0).ShouldBe("two");
        first.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_acknowledgement_and_one_that_nobody_waits_for_are_ignored()
    {
        var wait = _acks.Add(1);
        _acks.Complete(7, Arguments("0"));
        _acks.Complete(1, Arguments("1"));
        _acks.Complete(1, Arguments("2"));
        (await Deadline.For(wait)).Get<int>(0).ShouldBe(1);
    }

    [Fact]
    public void As_many_as_allowed_are_pending_at_a_time()
    {
        _ = _acks.Add(1);
        _ = _acks.Add(2);
        _ = _acks.Add(3);
        Should.Throw<AckException>(() => { _ = _acks.Add(4); }).Failure.ShouldBe(AckFailure.TooManyPending);
        _acks.Forget(2);
        _ = _acks.Add(4);
        _acks.Complete(4, Arguments("1"));
        _acks.Add(5).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_end_of_the_socket_ends_all_waits_and_allows_no_more()
    {
        var wait = _acks.Add(1);
        _acks.End();
        (await Should.ThrowAsync<AckException>(Deadline.For(wait))).Failure.ShouldBe(AckFailure.Disconnected);
        Should.Throw<AckException>(() => { _ = _acks.Add(2); }).Failure.ShouldBe(AckFailure.Disconnected);
    }

    private static EventArguments Arguments(string json) =>
        new(
            ArgumentList.TryRead(Encoding.UTF8.GetBytes($"[{json}]"), isEvent: false, attachments: 0, maxDepth: 64)!,
            [],
            new ArgumentSerializer(new SocketIOOptions()));
}
