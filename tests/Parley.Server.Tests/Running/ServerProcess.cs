using System.Diagnostics;

namespace Parley.Server.Tests.Running;

/// <summary>The server as a process of its own, as a person starts it.</summary>
internal sealed record ServerProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts the server and waits for its end; a server that gets ready is stopped at once.</summary>
    public static async Task<ServerProcess> RunAsync(string workingDirectory, string[] args, params (string Name, string? Value)[] environment)
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

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = new StringWriter();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            await output.WriteLineAsync(line);
            if (line.StartsWith("Parley is ready", StringComparison.Ordinal))
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(patience.Token);
        return new(process.ExitCode, output.ToString(), await error);
    }
}
