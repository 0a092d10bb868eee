using System.Collections.Concurrent;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class EventQueueTests
{
    [Fact]
    public async Task Items_are_handled_one_after_another_in_order()
    {
        var handled = new Recorder<int>();
        var running = 0;
        var queue = new EventQueue<int>(
            async item =>
            {
                Interlocked.Increment(ref running).ShouldBe(1);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                handled.Add(item);
            },
            maxParallel: 1,
            maxCount: 10_000,
            maxBytes: 10_000);
        queue.Start();
        for (var i = 0; i < 1000; i++)
        {
            await queue.EnqueueAsync(i, 1);
        }

        (await handled.TakeAsync(1000)).ShouldBe(Enumerable.Range(0, 1000));
    }

    [Fact]
    public async Task What_comes_before_the_start_waits_for_it()
    {
        var handled = new Recorder<int>();
        var queue = Recording(handled);
        await queue.EnqueueAsync(1, 1);
        await queue.EnqueueAsync(2, 1);
        handled.IsEmpty.ShouldBeTrue();

        queue.Start();

        (await handled.TakeAsync(2)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task As_many_run_at_a_time_as_allowed_even_when_one_is_already_busy()
    {
        var release = new TaskCompletionSource();
        var begun = new Recorder<int>();
        var queue = new EventQueue<int>(
            async item =>
            {
                begun.Add(item);
                await release.Task;
            },
            maxParallel: 3,
            maxCount: 100,
            maxBytes: 100);
        queue.Start();
        await queue.EnqueueAsync(1, 1);
        (await begun.NextAsync()).ShouldBe(1);
        await queue.EnqueueAsync(2, 1);
        (await begun.NextAsync()).ShouldBe(2);
        await queue.EnqueueAsync(3, 1);
        (await begun.NextAsync()).ShouldBe(3);
        await queue.EnqueueAsync(4, 1);
        begun.IsEmpty.ShouldBeTrue();
        release.SetResult();
        (await begun.NextAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task What_waited_for_the_start_runs_in_parallel_too()
    {
        var release = new TaskCompletionSource();
        var begun = new Recorder<int>();
        var queue = new EventQueue<int>(
            async item =>
            {
                begun.Add(item);
                await release.Task;
            },
            maxParallel: 2,
            maxCount: 100,
            maxBytes: 100);
        await queue.EnqueueAsync(1, 1);
        await queue.EnqueueAsync(2, 1);
        queue.Start();

        (await begun.TakeAsync(2)).ShouldBe([1, 2], ignoreOrder: true);
        release.SetResult();
    }

    [Theory]
    [InlineData(2, 1000, 1)]
    [InlineData(1000, 20, 10)]
    public async Task A_full_queue_makes_the_reader_wait_until_there_is_room(int maxCount, int maxBytes, int size)
    {
        var steps = new SemaphoreSlim(0);
        var queue = new EventQueue<int>(async _ => await steps.WaitAsync(), maxParallel: 1, maxCount, maxBytes);
        var first = queue.EnqueueAsync(1, size);
        first.IsCompleted.ShouldBeTrue();
        var second = queue.EnqueueAsync(2, size).AsTask();
        second.IsCompleted.ShouldBeFalse();

        queue.Start();

        await Deadline.For(second);
        steps.Release(2);
    }

    [Fact]
    public async Task After_completion_what_was_taken_is_handled_and_nothing_else()
    {
        var handled = new Recorder<string>();
        var queue = new EventQueue<string>(Record(handled), 1, 100, 100);
        await queue.EnqueueAsync("before", 1);
        queue.Complete(dropQueued: false, () => handled.Add("drained"));
        await queue.EnqueueAsync("after", 1);
        queue.Start();

        (await handled.TakeAsync(2)).ShouldBe(["before", "drained"]);
        handled.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Completion_can_drop_what_waits_but_lets_a_running_handler_end()
    {
        var release = new TaskCompletionSource();
        var handled = new Recorder<string>();
        var queue = new EventQueue<string>(
            async item =>
            {
                handled.Add("begin " + item);
                await release.Task;
                handled.Add("end " + item);
            },
            1,
            100,
            100);
        queue.Start();
        await queue.EnqueueAsync("a", 1);
        (await handled.NextAsync()).ShouldBe("begin a");
        await queue.EnqueueAsync("b", 1);

        queue.Complete(dropQueued: true, () => handled.Add("drained"));
        handled.IsEmpty.ShouldBeTrue();
        release.SetResult();

        (await handled.TakeAsync(2)).ShouldBe(["end a", "drained"]);
    }

    [Fact]
    public async Task Completion_lets_a_waiting_reader_go_and_counts_once()
    {
        var drained = new Recorder<int>();
        var queue = Recording(new Recorder<int>(), maxCount: 1);
        var reader = queue.EnqueueAsync(1, 1).AsTask();
        reader.IsCompleted.ShouldBeFalse();
        queue.Complete(dropQueued: true, () => drained.Add(1));
        queue.Complete(dropQueued: true, () => drained.Add(2));
        await Deadline.For(reader);
        queue.Start();

        (await drained.NextAsync()).ShouldBe(1);
        drained.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_many_threads_add()
    {
        var handled = new ConcurrentBag<int>();
        var drained = new Recorder<bool>();
        var queue = new EventQueue<int>(
            item =>
            {
                handled.Add(item);
                return ValueTask.CompletedTask;
            },
            maxParallel: 4,
            maxCount: 16,
            maxBytes: 1000);
        queue.Start();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                await queue.EnqueueAsync((writer * 2000) + i, 1);
            }
        })));
        queue.Complete(dropQueued: false, () => drained.Add(true));
        await drained.NextAsync();

        handled.Order().ShouldBe(Enumerable.Range(0, 8000));
    }

    private static EventQueue<int> Recording(Recorder<int> handled, int maxCount = 100) =>
        new(Record(handled), maxParallel: 1, maxCount, maxBytes: 1000);

    private static Func<T, ValueTask> Record<T>(Recorder<T> handled) => item =>
    {
        handled.Add(item);
        return ValueTask.CompletedTask;
    };
}
