namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>
/// The TURN server and the TURN client against each other, through everything that networks do. PARLEY_SEEDS=n tries more stories,
/// PARLEY_SEED=n repeats one.
/// </summary>
public sealed class TurnStoryTests
{
    private const int Stories = 2000;

    [Fact]
    public void Whatever_happens_relays_serve_only_who_may_use_them_and_nothing_is_left_behind()
    {
        Tally tally = new();
        foreach (int seed in Seeds.Of(Stories))
        {
            VirtualWorld.Tell(seed, world => new TurnStory(world, tally).Tell());
        }

        TestContext.Current.TestOutputHelper?.WriteLine(tally.ToString());
        if (Seeds.OnlyOne)
        {
            return;
        }

        string[] interesting =
        [
            "data at a peer", "data at a client", "data from relay to relay", "allocations that lasted", "server restarted",
            "Allocated", "Permitted", "ChannelBound", "Closed", "ConnectionUnwanted", "RelayWanted", "RelayUnwanted",
            "ended: Disconnected", "ended: Expired", "ended: RelayFailed", "ended: Released", "ended: Revoked",
            "failed: AllocationMismatch", "failed: InsufficientCapacity", "failed: Unauthenticated", "failed: no answer",
            "permission refused: Unauthenticated", "permission refused: no answer",
            "channel refused: Forbidden", "channel refused: no answer",
        ];
        interesting.ShouldAllBe(what => tally[what] > 20, tally.ToString());
    }
}
