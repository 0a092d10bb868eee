using Parley.Server.Limits;

namespace Parley.Server.Turn;

/// <summary>Counts how often somebody comes. Not thread-safe.</summary>
internal sealed class VisitRate(TimeProvider time)
{
    /// <summary>From one block of addresses within <see cref="Window"/>.</summary>
    public const int Max = 60;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Beyond that, nobody new is let in until some of them are old enough to be forgotten.
    private const int MaxBlocks = 10_000;

    private readonly Dictionary<AddressBlock, Visits> _visits = [];

    /// <summary>Whether one more may come from there; it has come then.</summary>
    public bool Allows(AddressBlock block)
    {
        var now = time.GetTimestamp();
        if (_visits.TryGetValue(block, out var visits) && time.GetElapsedTime(visits.Since, now) < Window)
        {
            _visits[block] = visits with { Count = Math.Min(visits.Count + 1, Max) };
            return visits.Count < Max;
        }

        if (_visits.Count >= MaxBlocks && visits is null)
        {
            Forget(now);
            if (_visits.Count >= MaxBlocks)
            {
                return false;
            }
        }

        _visits[block] = new(now, 1);
        return true;
    }

    private void Forget(long now)
    {
        foreach (var (block, visits) in _visits)
        {
            if (time.GetElapsedTime(visits.Since, now) >= Window)
            {
                _visits.Remove(block);
            }
        }
    }

    private sealed record Visits(long Since, int Count);
}
