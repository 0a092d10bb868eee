using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Parley.Server.Tests.Running;
using Parley.Server.Webhooks;

namespace Parley.Server.Tests.Webhooks;

public sealed class WebhookReceiverTests
{
    [Fact]
    public async Task An_event_is_sent_to_the_configured_address_with_its_id_its_time_and_signatures()
    {
        const string Other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address, Listener.Secret, Other);

        bench.Open("комната");

        var heard = (await listener.HearAsync(1))[0];
        heard.Id.ShouldMatch("^msg_[A-Za-z0-9_-]{24}$");
        heard.Timestamp.ShouldBe(bench.Time.Now.ToUnixTimeSeconds());
        heard.Path.ShouldBe("/hook?key=path-secret");
        (heard.IsSignedBy(Listener.Secret), heard.IsSignedBy(Other)).ShouldBe((true, true));
        heard.IsSignedBy("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYY").ShouldBeFalse();
        heard.Body.ShouldBe("""{"type":"room.opened","timestamp":"2027-01-15T08:00:00Z","data":{"room":"комната"}}""");
        await Eventually.ShouldBeTrueAsync(() => bench.Receiver.Count == 0);
    }

    [Fact]
    public async Task What_failed_is_sent_again_later_as_the_same_event_while_its_room_waits_and_others_do_not()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        listener.Answer = (heard, context) =>
        {
            context.Response.StatusCode = heard.Room == "one" && listener.All.Count(other => other.Room == "one") <= 3 ? 500 : 200;
            return Task.CompletedTask;
        };

        bench.Open("one");
        await bench.FailAsync("refused", 1);
        bench.End("one");
        bench.Open("two");
        await listener.HearAsync(2);
        await bench.FailAsync("delivered", 1);
        bench.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        listener.All.Count.ShouldBe(2);
        bench.Time.Advance(TimeSpan.FromTicks(1));
        await bench.FailAsync("refused", 2);
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        await bench.FailAsync("refused", 3);
        bench.Time.Advance(TimeSpan.FromSeconds(4));
        var heard = await listener.HearAsync(6);

        listener.Types.ShouldBe(["one room.opened", "two room.opened", "one room.opened", "one room.opened", "one room.opened", "one room.ended"]);
        heard.Where(one => one.Type == "room.opened" && one.Room == "one").Select(one => one.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        heard.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        heard.ShouldAllBe(one => one.IsSignedBy(Listener.Secret));
        (heard[^1].Timestamp - heard[0].Timestamp).ShouldBe(7);
        ((string?)heard[4].Event["timestamp"]).ShouldBe((string?)heard[0].Event["timestamp"]);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_leads_nowhere()
    {
        await using var elsewhere = await Listener.StartAsync();
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        listener.Answer = (_, context) =>
        {
            context.Response.StatusCode = listener.All.Count switch { 1 => 301, 2 => 302, 3 => 307, 4 => 308, _ => 200 };
            context.Response.Headers.Location = elsewhere.Address.ToString();
            return Task.CompletedTask;
        };

        bench.Open("room");
        for (var i = 1; i <= 4; i++)
        {
            await bench.FailAsync("refused", i);
            bench.Time.Advance(Backoff.After(i, 1));
        }

        await bench.FailAsync("delivered", 1, pauses: 0);
        elsewhere.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_hangs_costs_ten_seconds_and_its_late_answer_nothing()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Answer = (_, _) => listener.All.Count == 1 ? late.Task : Task.CompletedTask;

        bench.Open("room");
        await listener.HearAsync(1);
        await Eventually.ShouldBeTrueAsync(() => bench.Time.TimerCount == 1);
        bench.Time.Advance(WebhookSender.Patience);
        await bench.FailAsync("timed-out", 1);
        late.SetResult();
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.FailAsync("delivered", 1, pauses: 0);

        var heard = await listener.HearAsync(2);
        heard[1].Id.ShouldBe(heard[0].Id);
        bench.Receiver.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_asked_again()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var bench = new SendingBench(new Uri($"http://127.0.0.1:{port}/"));

        bench.Open("room");
        await bench.FailAsync("unreachable", 1);
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        await bench.FailAsync("unreachable", 2);
    }

    [Fact]
    public async Task An_event_is_given_up_after_ten_attempts_and_the_next_one_has_its_turn()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        listener.AnswerStatus(StatusCodes.Status503ServiceUnavailable);
        bench.Open("room");
        bench.End("room");
        for (var i = 1; i < Backoff.MaxAttempts; i++)
        {
            await bench.FailAsync("refused", i);
            bench.Time.Advance(Backoff.After(i, 1));
        }

        await bench.FailAsync("refused", 11);

        bench.Dropped("failed").ShouldBe(1);
        listener.Types.Take(10).ShouldAllBe(type => type == "room room.opened");
        listener.Types[10].ShouldBe("room room.ended");
        bench.Receiver.Count.ShouldBe(1);
        bench.Logger.Lines.ShouldHaveSingleItem().ShouldBe(
            $"Warning WebhookDropped: An event for {listener.Address.GetLeftPart(UriPartial.Authority)} is lost (failed); /metrics counts them. This is said at most once a minute");
    }

    [Fact]
    public async Task What_comes_when_too_many_wait_is_dropped_counted_and_said_once_a_minute()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Answer = (_, _) => wait.Task;
        for (var i = 0; i < WebhookReceiver.Capacity; i++)
        {
            bench.Open($"room-{i % 100}");
        }

        bench.Dropped("full").ShouldBe(0);
        bench.End("room-0");
        bench.End("room-1");

        (bench.Dropped("full"), bench.Receiver.Count).ShouldBe((2, WebhookReceiver.Capacity));
        bench.Logger.Lines.Count.ShouldBe(1);
        await listener.HearAsync(WebhookReceiver.MaxAtOnce);
        listener.All.Count.ShouldBe(WebhookReceiver.MaxAtOnce);
        wait.SetResult();
        await Eventually.ShouldBeTrueAsync(() => bench.Receiver.Count == 0);
        listener.All.Count.ShouldBe(WebhookReceiver.Capacity);
        listener.All.Select(heard => heard.Room).Take(4).Order(StringComparer.Ordinal).ShouldBe(["room-0", "room-1", "room-2", "room-3"]);
    }

    [Fact]
    public async Task Who_stops_sends_what_can_be_sent_at_once_and_counts_the_rest()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        listener.Answer = (heard, context) =>
        {
            context.Response.StatusCode = heard.Room == "bad" ? 500 : 200;
            return Task.CompletedTask;
        };
        bench.Open("bad");
        await bench.FailAsync("refused", 1);
        for (var i = 0; i < 50; i++)
        {
            bench.Open("good");
        }

        await bench.Receiver.StopAsync(TimeSpan.FromSeconds(2));

        listener.Types.Count(type => type == "good room.opened").ShouldBe(50);
        bench.Dropped("stopped").ShouldBe(1);
        bench.Logger.Lines.ShouldHaveSingleItem().ShouldStartWith("Warning WebhooksUnsent: The server stops with 1 events unsent to http://127.0.0.1:");
        bench.Time.TimerCount.ShouldBe(0);
    }

    [Fact]
    public async Task Who_stops_waits_for_a_receiver_that_hangs_no_longer_than_it_wants()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Answer = (_, _) => never.Task;
        bench.Open("room");
        await listener.HearAsync(1);

        var stopping = bench.Receiver.StopAsync(TimeSpan.FromSeconds(2));
        await Eventually.ShouldBeTrueAsync(() => bench.Time.TimerCount == 2);
        stopping.IsCompleted.ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(2));

        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        bench.Dropped("stopped").ShouldBe(1);
        never.SetResult();
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_or_never_ends_costs_its_own_attempt_only()
    {
        await using var listener = await Listener.StartAsync();
        await using var bench = new SendingBench(listener.Address);
        listener.Answer = async (_, context) =>
        {
            switch (listener.All.Count)
            {
                case 1:
                    context.Abort();
                    break;
                case 2:
                    // Only the status counts: nobody reads this.
                    await context.Response.Body.WriteAsync(new byte[10_000_000], context.RequestAborted);
                    break;
            }
        };

        bench.Open("room");
        await bench.FailAsync("unreachable", 1);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.FailAsync("delivered", 1, pauses: 0);
        bench.End("room");

        await bench.FailAsync("delivered", 2, pauses: 0);
    }
}
