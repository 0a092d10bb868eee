using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Tests.Turn;

/// <summary>The small form of bench/turn/hold.sh, which holds ten times as many for minutes.</summary>
public sealed class ManyAllocationsTests
{
    private const int Count = 1_000;

    // So many clients ask at a time.
    private const int Asking = 50;

    // One in so many is used: what is tried is that they are there, not how fast they are.
    private const int Used = 20;

    [Fact]
    public async Task A_thousand_allocations_are_held_and_given_back_with_their_sockets()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with
        {
            Server = options.Server with { Limits = new TurnLimits { AllocationsPerUser = Count, UnauthenticatedAnswersBurst = 10 * Count } },
        });
        Peer peer = turn.Peer();

        List<TurnClientSocket> clients = [];
        while (clients.Count < Count)
        {
            clients.AddRange(await Task.WhenAll(Enumerable.Range(0, Asking).Select(_ => turn.AllocateAsync(TransportProtocol.Udp))));
        }

        turn.Host.Counters.Allocations.ShouldBe(Count);
        List<int> ports = [.. clients.Select(client => (int)client.Relayed.Port).Distinct()];
        ports.Count.ShouldBe(Count);
        ports.ShouldAllBe(port => !RunningTurn.CanBind(port));
        foreach (TurnClientSocket client in clients.Where((_, i) => i % Used == 0))
        {
            await client.BindChannelAsync(peer.Address, TestContext.Current.CancellationToken).Soon();
            await RunningTurn.ExchangeAsync(client, peer, "one of a thousand");
        }

        foreach (TurnClientSocket[] some in clients.Chunk(Asking))
        {
            await Task.WhenAll(some.Select(client => client.DisposeAsync().AsTask()));
        }

        await Eventually.Is(() => turn.Host.Counters.Allocations == 0);
        // A port may have a new holder already, who is no concern of ours: once is enough.
        await Eventually.Is(() => ports.Count == 0, meanwhile: () => ports.RemoveAll(RunningTurn.CanBind));
    }
}
