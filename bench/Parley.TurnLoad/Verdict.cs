namespace Parley.TurnLoad;

/// <summary>What became of the packets that counted.</summary>
internal sealed record Verdict(int Sent, int Returned, int Duplicated, int Overtaken, int Corrupted, IReadOnlyList<string> Problems)
{
    public int Lost => Sent - Returned;

    public static Verdict Of(Crowd crowd, double maxLoss)
    {
        (int sent, int returned, int duplicated, int overtaken, int corrupted) = (0, 0, 0, 0, 0);
        foreach (Flow flow in crowd.Flows)
        {
            (int flowSent, int flowReturned) = flow.Ledger.Count();
            sent += flowSent;
            returned += flowReturned;
            duplicated += flow.Ledger.Duplicated;
            overtaken += flow.Ledger.Overtaken;
            corrupted += flow.Corrupted;
        }

        var problems = new List<string>();
        Require(sent > 0, "Nothing was sent.");
        Require(sent - returned <= maxLoss * sent, $"{sent - returned} of {sent} packets are lost, of which {crowd.Unsent} were never sent.");
        Require(duplicated == 0, $"{duplicated} packets have come twice, or were never sent.");
        Require(corrupted == 0, $"{corrupted} packets were not what was sent.");
        return new Verdict(sent, returned, duplicated, overtaken, corrupted, problems);

        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                problems.Add(otherwise);
            }
        }
    }
}
