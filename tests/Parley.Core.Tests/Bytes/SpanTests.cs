using Parley.Core.Bytes;

namespace Parley.Core.Tests.Bytes;

public sealed class SpanTests
{
    [Fact]
    public void What_is_written_is_read_in_network_byte_order()
    {
        byte[] bytes = new byte[20];
        var writer = new SpanWriter(bytes);
        writer.WriteByte(1);
        writer.WriteUInt16(0x0203);
        writer.WriteUInt32(0x04050607);
        writer.WriteUInt64(0x08090A0B0C0D0E0F);
        writer.WriteBytes([0x10, 0x11]);
        writer.WriteZeros(3);
        writer.HasOverflowed.ShouldBeFalse();
        writer.Written.ShouldBe(20);
        bytes[..17].ShouldBe(Enumerable.Range(1, 17).Select(value => (byte)value));

        var reader = new SpanReader(bytes);
        reader.TryReadByte(out byte first).ShouldBeTrue();
        reader.TryReadUInt16(out ushort second).ShouldBeTrue();
        reader.TryReadUInt32(out uint third).ShouldBeTrue();
        reader.TryReadUInt64(out ulong fourth).ShouldBeTrue();
        reader.TryReadBytes(2, out ReadOnlySpan<byte> fifth).ShouldBeTrue();
        (first, second, third, fourth).ShouldBe(((byte)1, (ushort)0x0203, 0x04050607u, 0x08090A0B0C0D0E0Ful));
        fifth.ToArray().ShouldBe([0x10, 0x11]);
        reader.TrySkip(3).ShouldBeTrue();
        reader.Remaining.ShouldBe(0);
    }

    [Fact]
    public void What_is_not_there_is_not_read_and_nothing_is_lost_by_asking()
    {
        var reader = new SpanReader([1, 2, 3]);

        reader.TryReadUInt32(out _).ShouldBeFalse();
        reader.TryReadUInt64(out _).ShouldBeFalse();
        reader.TryReadBytes(4, out _).ShouldBeFalse();
        reader.TryReadBytes(-1, out _).ShouldBeFalse();
        reader.TrySkip(int.MaxValue).ShouldBeFalse();
        reader.Remaining.ShouldBe(3);
        reader.TryReadUInt16(out ushort value).ShouldBeTrue();
        value.ShouldBe((ushort)0x0102);
        reader.TryReadUInt16(out _).ShouldBeFalse();
        reader.Rest.ToArray().ShouldBe([3]);
    }

    [Fact]
    public void After_something_that_did_not_fit_nothing_more_is_written()
    {
        byte[] bytes = new byte[6];
        var writer = new SpanWriter(bytes);
        writer.WriteUInt32(0x01020304);
        writer.WriteUInt32(0xFFFFFFFF);
        writer.HasOverflowed.ShouldBeTrue();
        writer.WriteByte(0xFF);
        writer.Reserve(1).IsEmpty.ShouldBeTrue();
        writer.WriteZeros(1);

        writer.Written.ShouldBe(4);
        writer.WrittenSpan.ToArray().ShouldBe([1, 2, 3, 4]);
        bytes.ShouldBe([1, 2, 3, 4, 0, 0]);
    }
}
