using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Net.Loops;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Tests.Turn;

public sealed class AllocationGateTests
{
    [Fact]
    public async Task A_relayed_datagram_allocates_nothing_on_the_loop()
    {
        const int count = 2_000;
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(TransportProtocol.Udp);
        Peer peer = turn.Peer();
        await client.BindChannelAsync(peer.Address, TestContext.Current.CancellationToken).Soon();
        await RelayAsync(client, peer, count);

        long before = await AllocatedAsync(turn);
        await RelayAsync(client, peer, count);
        long allocated = await AllocatedAsync(turn) - before;

        // Not exactly nothing: the runtime allocates now and then on behalf of a thread.
        (allocated / (double)(2 * count)).ShouldBeLessThan(1, $"{allocated} bytes for {2 * count} datagrams");
        turn.Host.Counters[TurnDrop.RateLimit].ShouldBe(0);
    }

    private static async Task RelayAsync(TurnClientSocket client, Peer peer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await RunningTurn.ExchangeAsync(client, peer, "x");
        }
    }

    private static async Task<long> AllocatedAsync(RunningTurn turn)
    {
        long bytes = 0;
        await new LoopCall(turn.Host.Loop, _ => bytes = GC.GetAllocatedBytesForCurrentThread()).InvokeAsync().AsTask().Soon();
        return bytes;
    }
}
