namespace Parley.Server.Limits;

/// <summary>How much of a <see cref="RateLimit"/> is left to one: a token bucket.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Allowance(RateLimit limit, TimeProvider time)
{
    private double _left = limit.AtOnce;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Once more would be too often.</summary>
    public bool IsSpent
    {
        get
        {
            Fill();
            return _left < 1;
        }
    }

    /// <summary>Takes note of one more.</summary>
    /// <returns>False when it is too often; it does not count then.</returns>
    public bool TrySpend()
    {
        if (IsSpent)
        {
            return false;
        }

        _left--;
        return true;
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(limit.AtOnce, _left + (time.GetElapsedTime(_filledAt, now).TotalMinutes * limit.PerMinute));
        _filledAt = now;
    }
}
