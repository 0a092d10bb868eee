using Parley.Core.Time;

namespace Parley.Net.Loops;

/// <summary>The engines of a loop, as far as time is concerned. Called on the loop's thread.</summary>
internal interface ILoopDriver
{
    /// <summary>When <see cref="HandleTimeout"/> is due; null: nothing pending.</summary>
    Instant? NextTimeout { get; }

    /// <summary><see cref="NextTimeout"/> has come.</summary>
    void HandleTimeout(Instant now);
}
