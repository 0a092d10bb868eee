using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class NoAllocationPerPacketTests
{
    private const int Packets = 2000;

    private long _seen;

    private readonly TurnWorld _world = new(TurnWorld.Defaults with
    {
        Limits = new TurnLimits { PacketsPerSecondPerAllocation = 1_000_000, PacketsPerSecondPerUser = 1_000_000, BytesPerSecondPerAllocation = 1L << 40, BytesPerSecondPerUser = 1L << 40 },
    });

    [Fact]
    public void Nothing_is_left_to_the_garbage_collector_by_a_relayed_packet()
    {
        TestClient client = _world.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Bind(0x4000, "47.0.0.1:1").Code.ShouldBeNull();
        client.Permit("47.0.0.2:1").Code.ShouldBeNull();
        string payload = new('x', 1200);
        byte[] channelData = TestClient.ChannelMessage(0x4000, payload);
        byte[] send = TestClient.Indication("47.0.0.2:1", payload);
        byte[] data = new byte[1200];
        TransportAddress bound = TransportAddress.Parse("47.0.0.1:1");
        TransportAddress unbound = TransportAddress.Parse("47.0.0.2:1");

        // Twice: the first round compiles, and grows the buffers.
        long allocated = 0;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int packet = 0; packet < Packets; packet++)
            {
                _world.Server.HandleMessage(_world.Now, client.Tuple, channelData);
                Drain();
                _world.Server.HandleMessage(_world.Now, client.Tuple, send);
                Drain();
                _world.Server.HandleRelayed(_world.Now, client.Relay, bound, data);
                Drain();
                _world.Server.HandleRelayed(_world.Now, client.Relay, unbound, data);
                Drain();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _world.Server.Counters.PacketsToPeers.ShouldBe(2 * 2 * Packets);
        _world.Server.Counters.PacketsToClients.ShouldBe(2 * 2 * Packets);
        _seen.ShouldBeGreaterThan(8L * Packets * 1200);
        allocated.ShouldBeLessThan(Packets, $"{Packets} packets of each kind");
    }

    private void Drain()
    {
        while (_world.Server.TryPollTransmit(out TurnTransmit transmit))
        {
            _seen += transmit.Payload.Length;
        }
    }
}
