using System.Globalization;

namespace Parley.Net.Sockets;

/// <summary>How many files, sockets among them, this process may have open at a time.</summary>
internal static class OpenFileLimit
{
    private const string Path = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>The limit; null where there is none, or the operating system does not tell.</summary>
    /// <remarks>The soft one: .NET raises it to the hard one when it starts.</remarks>
    public static long? Read()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Find(File.ReadAllText(Path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What <c>/proc/self/limits</c> says: a line for each, with the soft limit, the hard limit and the unit (proc(5)).</summary>
    internal static long? Find(string limits)
    {
        string? line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
        string? soft = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }
}
