using Parley.Core.Randomness;

namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>What everybody sends to each other: who it is from, whom it is for, and some more bytes that both follow from.</summary>
internal static class StoryPayload
{
    private const int HeaderLength = 4;

    public static byte[] Make(SeededRandom random, int from, int to)
    {
        byte[] payload = new byte[HeaderLength + random.Next(200)];
        payload[0] = (byte)from;
        payload[1] = (byte)to;
        payload[2] = (byte)(payload.Length - HeaderLength);
        payload[3] = (byte)(from ^ to);
        payload.AsSpan(HeaderLength).Fill((byte)(from + to));
        return payload;
    }

    /// <summary>Reads it; what is not whole is a failure.</summary>
    public static (int From, int To) Read(ReadOnlySpan<byte> payload)
    {
        payload.Length.ShouldBeGreaterThanOrEqualTo(HeaderLength);
        (int from, int to) = (payload[0], payload[1]);
        ((int)payload[2]).ShouldBe(payload.Length - HeaderLength, "bytes were lost or added on the way");
        ((int)payload[3]).ShouldBe(from ^ to);
        payload[HeaderLength..].ContainsAnyExcept((byte)(from + to)).ShouldBeFalse("bytes were changed on the way");
        return (from, to);
    }
}
