namespace Parley.Server.Signalling;

/// <summary>
/// How much one connection may send: what is above is read later, so a participant that floods a room slows down itself and not
/// those who have to read it. A token bucket; one that is emptied below nothing says how long it takes to fill again.
/// </summary>
/// <remarks>Not thread-safe: a session handles one event at a time.</remarks>
internal sealed class MessageRate(TimeProvider time)
{
    /// <summary>What may come at once, in bytes: the answers and candidates for a room of fifty, twice over.</summary>
    public const int Burst = 2 * 1024 * 1024;

    /// <summary>What may come for ever.</summary>
    public const int BytesPerSecond = 256 * 1024;

    /// <summary>What a message counts at least: a small one costs work too.</summary>
    public const int LeastMessage = 512;

    /// <summary>What <c>join</c> counts at least: everybody in the room makes a peer connection for each newcomer.</summary>
    public const int LeastJoin = 32 * 1024;

    /// <summary>What a change counts at least after which everybody in the room is given another token.</summary>
    public const int LeastChange = LeastJoin;

    private double _left = Burst;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes note of a message.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="least">What it counts at least, in bytes.</param>
    /// <returns>How long to wait before it is handled; zero as long as the burst lasts.</returns>
    public TimeSpan Spend(int bytes, int least = LeastMessage)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(Burst, _left + (time.GetElapsedTime(_filledAt, now).TotalSeconds * BytesPerSecond));
        _filledAt = now;
        _left -= Math.Max(bytes, least);
        return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / BytesPerSecond);
    }
}
