using System.Diagnostics;
using System.Threading.Channels;

namespace Parley.Server.Tests.Running;

/// <summary>The server as a process of its own that is ready, and that a test may kill.</summary>
internal sealed class MortalServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    private MortalServer(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it with its data below the folder.</summary>
    public static Task<MortalServer> StartAsync(TestFolder folder, params string[] args) => StartAsync(folder, [], args);

    /// <summary>The same in an environment of the test's own.</summary>
    public static async Task<MortalServer> StartAsync(TestFolder folder, (string Name, string? Value)[] environment, string[] args)
    {
        const string Ready = "Parley is ready: ";
        folder.Write("web/index.html", "<!doctype html>");
        var server = new MortalServer(ServerProcess.Start(
            folder.Path,
            ["--urls", "http://127.0.0.1:0", "--Parley:DataFolder", folder.File("data"), "--webroot", folder.File("web"), "--Parley:Turn:Port", "0", .. args],
            environment));
        try
        {
            var line = await server.ReadLineAsync(Patience);
            line.ShouldStartWith(Ready);
            server.Address = new(line[Ready.Length..]);
            return server;
        }
        catch
        {
            // Nobody else has it to end it.
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<SignallingClient> JoinAsync(string room, string name = "Ada", long incarnation = 1, string? seat = null)
    {
        var client = await SignallingClient.ConnectAsync(Address);
        await client.JoinAsync(room, name, incarnation, seat);
        return client;
    }

    /// <summary>The next line that it prints.</summary>
    public Task<string> ReadLineAsync(TimeSpan patience) => _lines.Reader.ReadAsync().AsTask().WaitAsync(patience);

    /// <summary>Ends it at once: on Unix by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.TryComplete();
    }
}
