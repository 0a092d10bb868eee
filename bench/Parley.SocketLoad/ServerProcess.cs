using System.Globalization;

namespace Parley.SocketLoad;

/// <summary>What processor time a process has used, as the operating system says (proc(5)).</summary>
internal static class ServerProcess
{
    // Linux shows times to programs in hundredths of a second (USER_HZ).
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>Microseconds of processor time, user and system, of all its threads, ended ones too.</summary>
    /// <exception cref="LoadFailedException">There is no such process.</exception>
    public static double CpuMicroseconds(int id)
    {
        try
        {
            // Fields are counted from behind the name, which may hold anything: the first of them is number 3.
            var text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (Field(14) + Field(15)) * MicrosecondsPerTick;

            double Field(int number) => double.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        }
        catch (IOException e)
        {
            throw new LoadFailedException($"The server's process: {e.Message}");
        }
    }
}
