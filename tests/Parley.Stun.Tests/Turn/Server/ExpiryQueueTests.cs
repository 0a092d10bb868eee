using Parley.Core.Time;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class ExpiryQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_is_always_the_earliest_whatever_comes_moves_and_goes(int seed)
    {
        var random = new Random(seed);
        var queue = new ExpiryQueue();
        var limits = new TurnLimits();
        var all = new List<Allocation>();
        for (int step = 0; step < 3000; step++)
        {
            int choice = random.Next(3);
            if (choice == 0 || all.Count == 0)
            {
                var added = new Allocation(default, new Account("a", limits), "a", default(TransactionId), limits);
                all.Add(added);
                queue.Set(added, new Instant(random.Next(1000)));
            }
            else if (choice == 1)
            {
                queue.Set(all[random.Next(all.Count)], new Instant(random.Next(1000)));
            }
            else
            {
                int at = random.Next(all.Count);
                queue.Remove(all[at]);
                queue.Remove(all[at]);
                all.RemoveAt(at);
            }

            queue.Count.ShouldBe(all.Count);
            queue.First?.Expiry.ShouldBe(all.Min(one => one.Expiry), $"seed {seed}, step {step}");
        }
    }
}
