using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>So much per second, and so much at once after a pause. Who has taken everything waits until it drips in again.</summary>
/// <param name="perSecond">What drips in.</param>
/// <param name="burst">What it holds; full at the beginning.</param>
internal struct TokenBucket(double perSecond, double burst)
{
    private readonly double _burst = burst;
    private double _tokens = burst;
    private Instant _filled;

    /// <summary>Whether there is as much; nothing is taken.</summary>
    public bool Has(Instant now, double amount)
    {
        TimeSpan since = now - _filled;
        if (since > TimeSpan.Zero)
        {
            _tokens = Math.Min(_burst, _tokens + (since.TotalSeconds * perSecond));
            _filled = now;
        }

        return _tokens >= amount;
    }

    /// <summary>Takes what <see cref="Has"/> has found.</summary>
    public void Take(double amount) => _tokens -= amount;

    /// <summary>Takes it, if it is there.</summary>
    public bool TryTake(Instant now, double amount)
    {
        bool has = Has(now, amount);
        if (has)
        {
            Take(amount);
        }

        return has;
    }
}
