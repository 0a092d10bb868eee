using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>Judges join tokens: a seam, behind which there may be no key.</summary>
internal interface IJoinTokens
{
    /// <summary>Nobody enters without one.</summary>
    bool Required { get; }

    /// <summary>Judges what a client has shown. Called before the room is asked, on any thread.</summary>
    /// <param name="token">At most 2048 characters, otherwise anything.</param>
    /// <param name="room">The room's name in lower case.</param>
    JoinTokenVerdict Judge(string token, string room);
}

/// <summary>What a join token is worth.</summary>
internal abstract record JoinTokenVerdict
{
    private JoinTokenVerdict()
    {
    }

    public sealed record Granted(JoinTokenGrant Grant) : JoinTokenVerdict;

    /// <summary>It does not hold.</summary>
    /// <param name="Message">Why, in one English sentence for logs.</param>
    public sealed record Refused(string Message) : JoinTokenVerdict;
}

/// <summary>No key is configured.</summary>
internal sealed class NoJoinTokens : IJoinTokens
{
    public bool Required => false;

    // Not ignored: whoever hands out tokens counts on what they say.
    public JoinTokenVerdict Judge(string token, string room) => new JoinTokenVerdict.Refused("This server has no key for join tokens.");
}
