using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// Keeps the server from being made to send to victims: limits the answers over UDP to whoever has proved nothing, for each /32 of IPv4
/// and /64 of IPv6, and in all.
/// </summary>
/// <remarks>
/// The table has a fixed size, whatever is forged. Blocks that meet in one slot share it: nothing is ever evicted, so a flood cannot wash
/// away what is remembered of its victim, and a flood that is spread over many addresses is too thin in each slot to hurt others there.
/// Which blocks meet depends on a seed, so that nobody can choose whom to meet.
/// </remarks>
internal sealed class UnauthenticatedRate
{
    private const int Slots = 1 << 16;

    /// <summary>In each slot the instant at which it will be empty again (GCRA): a bucket in eight bytes.</summary>
    private readonly long[] _emptyAt = new long[Slots];

    private readonly ulong _seed;
    private readonly long _interval;
    private readonly long _tolerance;
    private TokenBucket _all;

    public UnauthenticatedRate(TurnLimits limits, IRandomSource random)
    {
        _seed = random.NextUInt64();
        _interval = Math.Max(1, TimeSpan.TicksPerSecond / limits.UnauthenticatedAnswersPerSecond);
        _tolerance = _interval * (limits.UnauthenticatedAnswersBurst - 1);
        _all = new TokenBucket(limits.UnauthenticatedAnswersPerSecondInAll, limits.UnauthenticatedAnswersPerSecondInAll);
        Array.Fill(_emptyAt, long.MinValue);
    }

    /// <summary>Whether one more answer may go there.</summary>
    public bool TryTake(Instant now, InternetAddress address)
    {
        ref long emptyAt = ref _emptyAt[SlotOf(address)];
        long from = Math.Max(emptyAt, now.Ticks);
        if (from - now.Ticks > _tolerance || !_all.TryTake(now, 1))
        {
            return false;
        }

        emptyAt = from + _interval;
        return true;
    }

    private int SlotOf(InternetAddress address)
    {
        ulong block = AddressBlock.Of(address) ^ _seed;
        // The finalizer of MurmurHash3: every bit of the block moves about half of the bits that are kept.
        block ^= block >> 33;
        block *= 0xff51_afd7_ed55_8ccd;
        block ^= block >> 33;
        block *= 0xc4ce_b9fe_1a85_ec53;
        block ^= block >> 33;
        return (int)(block % Slots);
    }
}
