using System.Globalization;

namespace Parley.TurnLoad;

/// <summary>What the operating system says of a process (proc(5)).</summary>
internal sealed class ServerProcess(int id)
{
    // Linux shows times to programs in hundredths of a second, on all processors (USER_HZ).
    private const double TicksPerSecond = 100;

    private readonly string _folder = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How it is now.</summary>
    /// <exception cref="LoadFailedException">There is no such process.</exception>
    public ProcessSample Sample()
    {
        try
        {
            // Fields are counted from behind the name, which may hold anything: the first of them is number 3.
            string text = File.ReadAllText($"{_folder}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessSample(Field(14) / TicksPerSecond, Field(15) / TicksPerSecond, (long)Field(24) * Environment.SystemPageSize, (int)Field(20), ContextSwitches());

            double Field(int number) => double.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        }
        catch (IOException e)
        {
            throw new LoadFailedException($"The server's process: {e.Message}");
        }
    }

    /// <summary>How many sockets it has open.</summary>
    public int Sockets() => new DirectoryInfo($"{_folder}/fd").EnumerateFileSystemInfos()
        .Count(descriptor => descriptor.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    private long ContextSwitches()
    {
        long sum = 0;
        foreach (string task in Directory.EnumerateDirectories($"{_folder}/task"))
        {
            try
            {
                sum += File.ReadLines($"{task}/status").Where(line => line.Contains("voluntary_ctxt_switches", StringComparison.Ordinal))
                    .Sum(line => long.Parse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // This thread has just ended.
            }
        }

        return sum;
    }
}

/// <summary>What a process has used so far, and uses now.</summary>
/// <param name="User">Seconds of processor time in its own code, all threads, ended ones too.</param>
/// <param name="System">Seconds of processor time in the kernel.</param>
/// <param name="ResidentBytes">Of memory.</param>
/// <param name="Threads">How many there are.</param>
/// <param name="ContextSwitches">Of the threads there are.</param>
internal sealed record ProcessSample(double User, double System, long ResidentBytes, int Threads, long ContextSwitches)
{
    /// <summary>Seconds of processor time.</summary>
    public double Total => User + System;
}
