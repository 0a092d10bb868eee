using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

public sealed class StreamFramingTests
{
    [Fact]
    public void A_stream_in_pieces_of_any_size_falls_into_its_messages()
    {
        byte[] channelData = new byte[12];
        ChannelData.Write(channelData, 0x4001, [1, 2, 3, 4, 5], padded: true);
        byte[][] frames = [Vectors.Request, channelData, Vectors.IPv4Response, [0x40, 0x02, 0, 0], Vectors.LongTermRequest];
        byte[] stream = [.. frames.SelectMany(frame => frame)];

        for (int piece = 1; piece <= stream.Length; piece++)
        {
            List<byte> pending = [];
            List<string> found = [];
            foreach (byte[] bytes in stream.Chunk(piece))
            {
                pending.AddRange(bytes);
                while (StreamFraming.Look([.. pending], out int length) is var kind and not FrameKind.Incomplete)
                {
                    kind.ShouldNotBe(FrameKind.Desynchronized, $"pieces of {piece} bytes");
                    (kind == FrameKind.ChannelData).ShouldBe(pending[0] == 0x40, $"pieces of {piece} bytes");
                    found.Add(Convert.ToHexString([.. pending.Take(length)]));
                    pending.RemoveRange(0, length);
                }
            }

            pending.ShouldBeEmpty($"pieces of {piece} bytes");
            found.ShouldBe(frames.Select(Convert.ToHexString), $"pieces of {piece} bytes");
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("00", 0)]
    [InlineData("000100", 0)]
    [InlineData("00010008", 28)]
    [InlineData("400100", 0)]
    [InlineData("40010005", 12)]
    [InlineData("400100050102030405", 12)] // without its padding it is not whole
    [InlineData("4FFFFFFF", 65_540)]
    [InlineData("0001FFFC", 65_552)]
    public void What_is_not_whole_says_how_long_it_will_be_once_that_is_known(string hex, int length)
    {
        StreamFraming.Look(Convert.FromHexString(hex), out int announced).ShouldBe(FrameKind.Incomplete);
        announced.ShouldBe(length);
        announced.ShouldBeLessThanOrEqualTo(StreamFraming.MaxLength);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("C0")]
    [InlineData("50")]
    [InlineData("7F")]
    [InlineData("1603010200010001")] // TLS, where none is spoken
    [InlineData("504F535420")] // POST
    [InlineData("00010009")] // a length that is no multiple of 4
    [InlineData("000100082112A443")] // another cookie
    public void What_can_be_no_message_ends_the_connection(string hex)
    {
        StreamFraming.Look(Convert.FromHexString(hex), out int length).ShouldBe(FrameKind.Desynchronized);
        length.ShouldBe(0);
    }
}
