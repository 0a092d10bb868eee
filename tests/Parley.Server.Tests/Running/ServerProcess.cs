using System.Diagnostics;
using System.Globalization;

namespace Parley.Server.Tests.Running;

/// <summary>The server as a process of its own, as a person starts it.</summary>
internal sealed record ServerProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts the server and waits for its end; a server that gets ready is stopped at once.</summary>
    public static async Task<ServerProcess> RunAsync(string workingDirectory, string[] args, params (string Name, string? Value)[] environment)
    {
        using var process = Start(workingDirectory, args, environment);
        using var patience = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = new StringWriter();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            await output.WriteLineAsync(line);
            if (line.StartsWith("Parley is ready", StringComparison.Ordinal))
            {
                Stop(process);
            }
        }

        await process.WaitForExitAsync(patience.Token);
        return new(process.ExitCode, output.ToString(), await error);
    }

    /// <summary>Starts the server.</summary>
    public static Process Start(string workingDirectory, string[] args, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Parley.Server.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Asks it to end, where one can: then what it still had to log is there too.</summary>
    private static void Stop(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
            return;
        }

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
