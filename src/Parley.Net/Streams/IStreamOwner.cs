using Parley.Core.Time;

namespace Parley.Net.Streams;

/// <summary>Who gets the frames of connections; called on the loop's thread.</summary>
internal interface IStreamOwner
{
    /// <summary>A connection is there; frames come from now on.</summary>
    void HandleOpened(Instant now, StreamConnection connection);

    /// <summary>One whole frame, padding included; valid during the call.</summary>
    void HandleFrame(Instant now, StreamConnection connection, ReadOnlySpan<byte> frame);

    /// <summary>A frame that is longer than anything that is expected here was skipped.</summary>
    void HandleTooLong(StreamConnection connection);

    /// <summary>The connection is over, or of no use any more. Comes once, last, and not after <see cref="StreamConnection.Close"/>.</summary>
    void HandleEnded(Instant now, StreamConnection connection, string reason);
}
