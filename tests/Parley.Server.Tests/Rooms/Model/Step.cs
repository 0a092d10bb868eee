using System.Runtime.InteropServices;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>
/// One thing that happens. Its numbers choose among what there is at that moment, so a run still makes sense when other steps are left
/// out: that is how a failing one is made short.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Step(StepKind Kind, int Choice, int Detail, int Extra)
{
    private static readonly StepKind[] Weighted =
    [
        StepKind.Join, StepKind.Join, StepKind.Join, StepKind.Join, StepKind.Join,
        StepKind.Return, StepKind.Return, StepKind.Return, StepKind.Return,
        StepKind.Leave,
        StepKind.Drop, StepKind.Drop, StepKind.Drop,
        StepKind.Media,
        StepKind.Relay, StepKind.Relay, StepKind.Relay,
        StepKind.Wait, StepKind.Wait,
        StepKind.Restart,
        StepKind.Doors, StepKind.Doors,
        StepKind.LetIn, StepKind.LetIn, StepKind.LetIn, StepKind.Deny, StepKind.GiveUp,
        StepKind.Remove, StepKind.HandOver, StepKind.AskToMute, StepKind.Hand, StepKind.LowerHand,
        StepKind.End,
    ];

    public static Step[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Step(
            Weighted[random.Next(Weighted.Length)], random.Next(1 << 20), random.Next(1 << 20), random.Next(1 << 20)))];
    }
}

internal enum StepKind
{
    /// <summary>A new connection joins without a token, or with one that no server has issued.</summary>
    Join,

    /// <summary>A new connection joins with a token that somebody was given, in time or not, in its room or not, once more or not.</summary>
    Return,

    Leave,

    /// <summary>The server notices the end of a connection: of a living one, or of one that was displaced long ago.</summary>
    Drop,

    Media,
    Relay,
    Wait,

    /// <summary>The server is killed and started again.</summary>
    Restart,

    Doors,
    LetIn,
    Deny,

    /// <summary>Who waits goes away, or its connection ends.</summary>
    GiveUp,

    /// <summary>By a host, by somebody who is none, or by the server itself.</summary>
    Remove,
    HandOver,
    AskToMute,
    Hand,
    LowerHand,

    /// <summary>The same for everybody.</summary>
    End,
}
