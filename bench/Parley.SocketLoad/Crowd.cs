using System.Diagnostics;

namespace Parley.SocketLoad;

/// <summary>All clients, on one thread.</summary>
internal sealed class Crowd : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LoadOptions _options;
    private readonly MessageHandler _handler;
    private readonly Epoll _epoll = new();
    private readonly List<Client> _clients = [];
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly Action<int> _ready;

    /// <summary>Nobody yet.</summary>
    /// <param name="options">Where the server is.</param>
    /// <param name="handler">Called for all that the server says to clients that have joined.</param>
    public Crowd(LoadOptions options, MessageHandler handler)
    {
        (_options, _handler) = (options, handler);
        _ready = index => _clients[index].HandleReady(_buffer);
    }

    public IReadOnlyList<Client> Clients => _clients;

    /// <summary>Connects so many more clients, so many at a time, until all have joined.</summary>
    public void Open(int count, int parallel = 50)
    {
        var first = _clients.Count;
        RunMany(first, first + count, parallel, ClientState.Joined, Add);
    }

    /// <summary>Connects so many more clients; each leaves as soon as it has joined, and is through when the server has closed.</summary>
    public void Storm(int count, int parallel)
    {
        var first = _clients.Count;
        RunMany(first, first + count, parallel, ClientState.Closed, Add);
    }

    /// <summary>All leave.</summary>
    public void Close() => RunMany(0, _clients.Count, parallel: 200, ClientState.Closed, index => _clients[index].Leave());

    /// <summary>Handles what has come; waits for it so many milliseconds at most.</summary>
    public void Pump(int milliseconds) => _epoll.Wait(milliseconds, _ready);

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _epoll.Dispose();
    }

    private void Add(int index) => _clients.Add(new Client(index, _options.Server, _epoll, _handler));

    private void RunMany(int start, int end, int parallel, ClientState goal, Action<int> begin)
    {
        var pending = new List<int>(parallel);
        var next = start;
        var last = Stopwatch.GetTimestamp();
        while (next < end || pending.Count > 0)
        {
            while (next < end && pending.Count < parallel)
            {
                begin(next);
                pending.Add(next++);
            }

            Pump(milliseconds: 10);
            if (goal == ClientState.Closed)
            {
                foreach (var index in pending.Where(index => _clients[index].State == ClientState.Joined))
                {
                    _clients[index].Leave();
                }
            }

            if (pending.RemoveAll(index => _clients[index].State == goal) > 0)
            {
                last = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(last) > Patience)
            {
                throw new LoadFailedException($"{pending.Count} clients wait; the first is {_clients[pending[0]].State}.");
            }
        }
    }
}
