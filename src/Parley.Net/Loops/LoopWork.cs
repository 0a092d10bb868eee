using Parley.Core.Time;

namespace Parley.Net.Loops;

/// <summary>Something to be done by a loop's thread. Made once and posted again and again, so that posting costs no memory.</summary>
internal abstract class LoopWork
{
    /// <summary>On the loop's thread.</summary>
    internal abstract void Run(Instant now);
}

/// <summary>Work that is a method of its owner.</summary>
internal sealed class LoopAction(Action<Instant> action) : LoopWork
{
    internal override void Run(Instant now) => action(now);
}
