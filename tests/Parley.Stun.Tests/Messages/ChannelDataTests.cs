using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

public sealed class ChannelDataTests
{
    [Theory]
    [InlineData(0, false, 4)]
    [InlineData(5, false, 9)]
    [InlineData(0, true, 4)]
    [InlineData(5, true, 12)]
    [InlineData(8, true, 12)]
    public void It_is_padded_over_a_stream_only_and_read_without_its_padding(int dataLength, bool padded, int length)
    {
        byte[] data = [.. Enumerable.Range(1, dataLength).Select(value => (byte)value)];
        byte[] bytes = new byte[64];
        bytes.AsSpan().Fill(0xEE);

        ChannelData.Write(bytes, 0x4001, data, padded).ShouldBe(length);

        ChannelData.LengthOf(dataLength, padded).ShouldBe(length);
        Convert.ToHexString(bytes.AsSpan(0, 4)).ShouldBe($"4001{dataLength:X4}");
        bytes[(4 + dataLength)..length].ShouldAllBe(value => value == 0);
        bytes[length..].ShouldAllBe(value => value == 0xEE);
        ChannelData.TryRead(bytes.AsSpan(0, length), out ushort channel, out ReadOnlySpan<byte> read).ShouldBeTrue();
        channel.ShouldBe((ushort)0x4001);
        read.ToArray().ShouldBe(data);
    }

    [Fact]
    public void Over_UDP_its_length_counts_and_what_follows_is_passed_over()
    {
        ChannelData.TryRead([0x40, 0x00, 0, 2, 7, 8, 9, 9, 9], out _, out ReadOnlySpan<byte> data).ShouldBeTrue();
        data.ToArray().ShouldBe([7, 8]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("400000")]
    [InlineData("40000001")]
    [InlineData("4000FFFF00000000")]
    [InlineData("3FFF0000")]
    [InlineData("50000000")] // reserved since RFC 8656
    [InlineData("7FFF0000")]
    public void What_is_short_or_no_channel_is_none(string hex) =>
        ChannelData.TryRead(Convert.FromHexString(hex), out _, out _).ShouldBeFalse();

    [Fact]
    public void The_channels_are_those_of_RFC_8656()
    {
        Enumerable.Range(0, 0x10000).Where(number => ChannelData.IsChannel((ushort)number)).ShouldBe(Enumerable.Range(0x4000, 0x1000));
        Enumerable.Range(0, 256).Where(first => ChannelData.LooksLikeChannelData([(byte)first])).ShouldBe(Enumerable.Range(64, 16));
        ChannelData.LooksLikeChannelData([]).ShouldBeFalse();
    }

    [Fact]
    public void What_does_not_fit_is_the_callers_mistake()
    {
        Should.Throw<ArgumentException>(() => ChannelData.Write(new byte[8], 0x4000, new byte[5], padded: false));
        Should.Throw<ArgumentException>(() => ChannelData.Write(new byte[11], 0x4000, new byte[5], padded: true));
        Should.Throw<ArgumentException>(() => ChannelData.Write(new byte[70_000], 0x4000, new byte[65_536], padded: false));
        ChannelData.Write(new byte[65_540], 0x4000, new byte[65_535], padded: true).ShouldBe(65_540);
    }
}
