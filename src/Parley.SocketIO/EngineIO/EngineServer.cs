using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Parley.SocketIO.EngineIO.Transports;

namespace Parley.SocketIO.EngineIO;

/// <summary>All sessions of one mapped path.</summary>
internal sealed class EngineServer(SocketIOOptions options, TimeProvider time, EngineMetrics metrics)
{
    // 120 random bits in the 20 characters that sticky load balancers expect.
    private const int SessionIdBytes = 15;

    private readonly ConcurrentDictionary<string, EngineSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _admission = new();
    private readonly Dictionary<AddressKey, int> _perAddress = [];
    private int _count;
    private bool _stopping;

    public SocketIOOptions Options => options;

    public TimeProvider Time => time;

    public EngineMetrics Metrics => metrics;

    /// <summary>How many places are taken, and by how many addresses.</summary>
    public (int Sessions, int Addresses) Occupancy
    {
        get
        {
            lock (_admission)
            {
                return (_count, _perAddress.Count);
            }
        }
    }

    /// <summary>A snapshot of the sessions.</summary>
    public ICollection<EngineSession> Sessions => _sessions.Values;

    /// <summary>Whether no new sessions are taken any more.</summary>
    public bool IsStopping
    {
        get
        {
            lock (_admission)
            {
                return _stopping;
            }
        }
    }

    public bool TryGet(string id, [NotNullWhen(true)] out EngineSession? session) => _sessions.TryGetValue(id, out session);

    /// <summary>Takes a place for one more session, or says why there is none.</summary>
    public Place? TryAdmit(AddressKey address, out EngineError? error)
    {
        lock (_admission)
        {
            var fromAddress = _perAddress.GetValueOrDefault(address);
            error = _stopping ? EngineError.ServerStopping
                : _count >= options.MaxSessions ? EngineError.ServerFull
                : fromAddress >= options.MaxSessionsPerAddress ? EngineError.TooManySessionsFromAddress
                : null;
            if (error is not null)
            {
                return null;
            }

            _count++;
            _perAddress[address] = fromAddress + 1;
            return new Place(this, address);
        }
    }

    /// <summary>Forgets a session that has closed.</summary>
    public void Remove(EngineSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            Release(session.Address);
            session.Dispose();
        }
    }

    /// <summary>Takes no new sessions any more; those that there are go on.</summary>
    public void BeginStopping()
    {
        lock (_admission)
        {
            _stopping = true;
        }
    }

    /// <summary>Ends all sessions and takes no new ones: the host is stopping.</summary>
    public void Stop()
    {
        BeginStopping();
        foreach (var session in _sessions.Values)
        {
            session.Close(DisconnectCause.ServerShutdown);
        }
    }

    private EngineSession Open(AddressKey address, EngineProtocol protocol, Func<EngineSession, IEngineTransport> createTransport)
    {
        var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SessionIdBytes)).Replace('+', '-').Replace('/', '_');
        var session = new EngineSession(id, protocol, address, this, createTransport);
        _sessions[id] = session;
        metrics.SessionOpened(session.Transport.Name);
        if (IsStopping)
        {
            // Its place was taken before the server began to stop, but whoever ends the others may not have seen it.
            session.Close(DisconnectCause.ServerShutdown);
        }

        return session;
    }

    private void Release(AddressKey address)
    {
        lock (_admission)
        {
            _count--;
            var left = _perAddress[address] - 1;
            if (left == 0)
            {
                _perAddress.Remove(address);
            }
            else
            {
                _perAddress[address] = left;
            }
        }
    }

    /// <summary>A place for one session: used once, or given back.</summary>
    internal sealed class Place(EngineServer server, AddressKey address) : IDisposable
    {
        private bool _used;

        /// <summary>Makes the session, which keeps the place until it closes.</summary>
        public EngineSession Open(
            Func<EngineSession, IEngineTransport> createTransport, EngineProtocol protocol = EngineProtocol.V4)
        {
            _used = true;
            return server.Open(address, protocol, createTransport);
        }

        public void Dispose()
        {
            if (!_used)
            {
                server.Release(address);
            }
        }
    }
}
