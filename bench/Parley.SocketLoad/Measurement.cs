using System.Diagnostics;

namespace Parley.SocketLoad;

/// <summary>From its making on: time, and the processor time of the server and of this program.</summary>
internal sealed class Measurement(LoadOptions options)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _server = ServerProcess.CpuMicroseconds(options.Process);
    private readonly double _load = ServerProcess.CpuMicroseconds(Environment.ProcessId);

    public Report Report(long count, Latencies? latencies = null)
    {
        var time = Stopwatch.GetElapsedTime(_start).TotalMicroseconds;
        var server = ServerProcess.CpuMicroseconds(options.Process) - _server;
        var load = ServerProcess.CpuMicroseconds(Environment.ProcessId) - _load;
        return count == 0
            ? throw new LoadFailedException("Nothing came back while it counted.")
            : new Report(
                count, count * 1_000_000 / time, server / count, server / time, load / time, latencies?.Quantile(0.5), latencies?.Quantile(0.99));
    }
}
