namespace Parley.Testing;

/// <summary>A story ended otherwise than it should have. The message says how, with which seed, and what had happened.</summary>
public sealed class StoryFailedException : Exception
{
    internal StoryFailedException(VirtualWorld world, string what, Exception? cause = null)
        : base($"{what}\n\nSeed {world.Seed} (PARLEY_SEED={world.Seed} repeats it), at {world.Now}:\n{world.Timeline.Ending()}", cause)
    {
    }
}
