using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

/// <summary>What every media packet passes through allocates nothing.</summary>
public sealed class AllocationTests
{
    private const int Packets = 1_000;
    private static readonly TransportAddress Peer = TransportAddress.Parse("192.0.2.1:32853");

    [Fact]
    public void A_Send_indication_is_read_without_allocation()
    {
        byte[] bytes = new byte[1_500];
        int length = WriteIndication(bytes, new byte[1_000]);

        AllocatedBy(() =>
        {
            bool isWhole = StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message)
                && message.TryGetXorAddress(StunAttributeType.XorPeerAddress, out TransportAddress peer) && peer == Peer
                && message.TryGet(StunAttributeType.Data, out ReadOnlySpan<byte> data) && data.Length == 1_000;
            return isWhole;
        }).ShouldBe(0);
    }

    [Fact]
    public void A_Data_indication_is_written_without_allocation()
    {
        byte[] bytes = new byte[1_500];
        byte[] data = new byte[1_000];

        AllocatedBy(() => WriteIndication(bytes, data) > 0).ShouldBe(0);
    }

    [Fact]
    public void ChannelData_is_written_and_read_without_allocation()
    {
        byte[] bytes = new byte[1_500];
        byte[] data = new byte[1_001];

        AllocatedBy(() =>
        {
            int length = ChannelData.Write(bytes, 0x4001, data, padded: true);
            return StreamFraming.Look(bytes.AsSpan(0, length), out _) == FrameKind.ChannelData
                && ChannelData.TryRead(bytes.AsSpan(0, length), out ushort channel, out ReadOnlySpan<byte> read)
                && channel == 0x4001 && read.Length == data.Length;
        }).ShouldBe(0);
    }

    private static int WriteIndication(byte[] bytes, byte[] data)
    {
        var writer = new StunMessageWriter(bytes, StunMethod.Send, StunClass.Indication, default);
        writer.AddXorAddress(StunAttributeType.XorPeerAddress, Peer);
        writer.Add(StunAttributeType.Data, data);
        return writer.TryFinish(out int length) ? length : 0;
    }

    private static long AllocatedBy(Func<bool> packet)
    {
        packet().ShouldBeTrue("the first one, which also compiles");
        bool all = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int sent = 0; sent < Packets; sent++)
        {
            all &= packet();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        all.ShouldBeTrue();
        return allocated;
    }
}
