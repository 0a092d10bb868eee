using Parley.Core.Time;
using Parley.Net.Streams;

namespace Parley.Net.Tests.Streams;

/// <summary>Remembers what a connection tells its owner.</summary>
internal sealed class StreamOwner : IStreamOwner
{
    public bool IsOpen { get; private set; }

    /// <summary>Why the connection has ended; null: it has not.</summary>
    public string? Ended { get; private set; }

    public void HandleOpened(Instant now, StreamConnection connection) => IsOpen = true;

    public void HandleFrame(Instant now, StreamConnection connection, ReadOnlySpan<byte> frame)
    {
    }

    public void HandleTooLong(StreamConnection connection)
    {
    }

    public void HandleEnded(Instant now, StreamConnection connection, string reason) => Ended = reason;
}
