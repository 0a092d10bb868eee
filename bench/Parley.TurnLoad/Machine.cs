using System.Globalization;

namespace Parley.TurnLoad;

/// <summary>What the whole machine does (proc(5)), to tell whether anything else was busy while something was measured.</summary>
internal static class Machine
{
    // Linux shows times to programs in hundredths of a second (USER_HZ).
    private const double TicksPerSecond = 100;

    /// <summary>Seconds that all processors together were not idle, since the machine was started.</summary>
    public static double BusySeconds()
    {
        // cpu user nice system idle iowait irq softirq steal guest guest_nice; guests are in user already.
        string line = File.ReadLines("/proc/stat").First();
        double[] ticks = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;
    }
}
