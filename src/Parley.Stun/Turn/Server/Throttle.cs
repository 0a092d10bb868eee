using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>How fast somebody may send one way: bytes and packets, each with a burst of one second.</summary>
internal sealed class Throttle(long bytesPerSecond, int packetsPerSecond)
{
    // Many small packets cost as much as few large ones, and a burst has to let at least one packet through.
    private TokenBucket _bytes = new(bytesPerSecond, bytesPerSecond);
    private TokenBucket _packets = new(packetsPerSecond, packetsPerSecond);

    public bool Has(Instant now, int bytes) => _packets.Has(now, 1) && _bytes.Has(now, bytes);

    /// <summary>Whether a pause would add nothing.</summary>
    public bool IsFull(Instant now) => _packets.Has(now, packetsPerSecond) && _bytes.Has(now, bytesPerSecond);

    public void Take(int bytes)
    {
        _packets.Take(1);
        _bytes.Take(bytes);
    }
}
