using System.Text.Json;

namespace Parley.TurnLoad;

/// <summary>Packets through the server and back, and what each costs it.</summary>
internal static class RelayRun
{
    // What is still under way when the last one was sent.
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(1);

    /// <summary>Whether everything was as it should be.</summary>
    public static bool Run(LoadOptions options)
    {
        var server = new ServerProcess(options.Process);
        using var crowd = new Crowd(options);
        crowd.Open();
        var pacer = new Pacer(crowd.Flows, TimeSpan.FromSeconds(1) / options.PacketsPerSecond, LoadLoop.Now);
        crowd.Run(options.WarmUp, pacer);

        foreach (Flow flow in crowd.Flows)
        {
            flow.Ledger.BeginCounting();
        }

        crowd.RoundTrips.Clear();
        pacer.Latest = TimeSpan.Zero;
        double busy = Machine.BusySeconds();
        TimeSpan ownBefore = Environment.CpuUsage.TotalTime;
        (long toPeers, long toClients) = (crowd.ArrivedAtPeers, crowd.ArrivedAtClients);
        ProcessSample before = server.Sample();
        crowd.Run(options.Time, pacer);
        ProcessSample after = server.Sample();
        (toPeers, toClients) = (crowd.ArrivedAtPeers - toPeers, crowd.ArrivedAtClients - toClients);
        double own = (Environment.CpuUsage.TotalTime - ownBefore).TotalSeconds;
        busy = Machine.BusySeconds() - busy;
        foreach (Flow flow in crowd.Flows)
        {
            flow.Ledger.EndCounting();
        }

        crowd.Run(Arrival);
        ProcessSample idleBefore = server.Sample();
        crowd.Run(options.Idle);
        double idle = options.Idle > TimeSpan.Zero ? (server.Sample().Total - idleBefore.Total) / options.Idle.TotalSeconds : 0;
        crowd.Close();

        Verdict verdict = Verdict.Of(crowd, options.MaxLoss);
        long relayed = toPeers + toClients;
        double seconds = options.Time.TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            options.Flows,
            Seconds = seconds,
            verdict.Sent,
            verdict.Returned,
            verdict.Lost,
            verdict.Duplicated,
            verdict.Overtaken,
            verdict.Corrupted,
            RelayedToPeers = toPeers,
            RelayedToClients = toClients,
            UserSeconds = after.User - before.User,
            SystemSeconds = after.System - before.System,
            IdleSecondsPerSecond = idle,
            MicrosecondsPerPacket = 1e6 * (after.Total - before.Total) / relayed,
            MicrosecondsPerPacketWithoutIdle = 1e6 * (after.Total - before.Total - (idle * seconds)) / relayed,
            ContextSwitchesPerPacket = (after.ContextSwitches - before.ContextSwitches) / (double)relayed,
            after.ResidentBytes,
            after.Threads,
            RoundTripMedian = crowd.RoundTrips.Quantile(0.5),
            RoundTrip99 = crowd.RoundTrips.Quantile(0.99),
            SentTooLateBy = pacer.Latest.TotalMilliseconds,
            LoadSeconds = own,
            OtherSeconds = busy - own - (after.Total - before.Total),
            verdict.Problems,
        }));
        return verdict.Problems.Count == 0;
    }
}
