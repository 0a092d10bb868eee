using System.Text.Json;
using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>Many allocations, held over real sockets for a while and then given back.</summary>
internal static class HoldRun
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    // One packet of each in this time.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(1);

    /// <summary>Whether everything was as it should be.</summary>
    public static bool Run(LoadOptions options)
    {
        var server = new ServerProcess(options.Process);
        Instant start = LoadLoop.Now;
        using var crowd = new Crowd(options);
        int sockets = server.Sockets();
        Say("before");
        crowd.Open();
        Say("made");
        Relay(crowd);
        Say("relayed");
        Instant end = LoadLoop.Now + options.Time;
        while (LoadLoop.Now < end)
        {
            TimeSpan left = end - LoadLoop.Now;
            crowd.Run(left < Between ? left : Between);
            Say("held");
        }

        Relay(crowd);
        Say("relayed again");
        crowd.Close();
        // A server may take its time to close them.
        Instant patience = LoadLoop.Now + Patience;
        while (server.Sockets() > sockets && LoadLoop.Now < patience)
        {
            crowd.Run(TimeSpan.FromSeconds(0.1));
        }

        Say("given back");

        Verdict verdict = Verdict.Of(crowd, options.MaxLoss);
        Console.WriteLine(JsonSerializer.Serialize(new { Phase = "end", verdict.Sent, verdict.Lost, verdict.Duplicated, verdict.Corrupted, verdict.Problems }));
        return verdict.Problems.Count == 0;

        void Say(string phase)
        {
            ProcessSample sample = server.Sample();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                Phase = phase,
                Seconds = (LoadLoop.Now - start).TotalSeconds,
                Allocations = crowd.Flows.Count(flow => flow.IsReady && !flow.IsClosed),
                crowd.Requests,
                sample.ResidentBytes,
                Sockets = server.Sockets(),
                ProcessorSeconds = sample.Total,
            }));
        }
    }

    private static void Relay(Crowd crowd)
    {
        crowd.Run(Round, new Pacer(crowd.Flows, Round, LoadLoop.Now));
        crowd.Run(Arrival);
    }
}
