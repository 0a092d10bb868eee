using System.Diagnostics;

namespace Parley.SocketLoad;

/// <summary>
/// When messages are due, at a constant rate that does not wait for the server: what is late because the server was is late, and
/// counts so.
/// </summary>
internal sealed class Schedule(double rate)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _count;

    /// <summary>When the next message is due; false if that is in the future.</summary>
    public bool TryNext(out long due)
    {
        due = _start + (long)(_count * Stopwatch.Frequency / rate);
        if (due > Stopwatch.GetTimestamp())
        {
            return false;
        }

        _count++;
        return true;
    }
}
