using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Streams;

namespace Parley.Net.Turn;

/// <summary>The TCP and TLS connections of a TURN server, and which of them nothing justifies any more.</summary>
internal sealed class StreamTable(TurnHostOptions options, TurnHostCounters counters)
{
    // Nobody counts on a second more or less.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<FiveTuple, StreamConnection> _connections = [];
    private readonly HashSet<StreamConnection> _beforeFirstAllocation = [];
    private readonly HashSet<StreamConnection> _idle = [];
    private readonly List<StreamConnection> _expired = [];

    /// <summary>When <see cref="HandleTimeout"/> is due; null: never.</summary>
    public Instant? NextTimeout { get; private set; }

    /// <summary>A connection is there. Answers the one whose place it takes, if there is one.</summary>
    public StreamConnection? Add(Instant now, StreamConnection connection)
    {
        _connections.Remove(connection.Client, out StreamConnection? replaced);
        if (replaced is not null)
        {
            Forget(replaced);
        }

        _connections.Add(connection.Client, connection);
        counters.ConnectionOpened();
        connection.IdleSince = now;
        _beforeFirstAllocation.Add(connection);
        NextTimeout ??= now + SweepInterval;
        return replaced;
    }

    /// <summary>Whether it was there.</summary>
    public bool Remove(StreamConnection connection)
    {
        if (_connections.GetValueOrDefault(connection.Client) != connection)
        {
            return false;
        }

        _connections.Remove(connection.Client);
        Forget(connection);
        return true;
    }

    public void Close(in FiveTuple client)
    {
        if (_connections.Remove(client, out StreamConnection? connection))
        {
            Forget(connection);
            connection.Close();
        }
    }

    public void Send(in FiveTuple client, ReadOnlySpan<byte> frame, bool isResponse)
    {
        if (_connections.TryGetValue(client, out StreamConnection? connection) && !connection.TrySend(frame, isResponse))
        {
            counters.BacklogWasFull();
        }
    }

    public void HandleAllocationMade(in FiveTuple client)
    {
        if (_connections.TryGetValue(client, out StreamConnection? connection))
        {
            connection.Trust();
            connection.IdleSince = null;
            _beforeFirstAllocation.Remove(connection);
            _idle.Remove(connection);
        }
    }

    public void HandleAllocationEnded(Instant now, in FiveTuple client)
    {
        if (!_connections.TryGetValue(client, out StreamConnection? connection))
        {
            return;
        }

        if (!connection.TryDistrust())
        {
            // Allocating and giving up again would be a way to have the memory of many allocations without any.
            Close(client);
            return;
        }

        connection.IdleSince = now;
        _idle.Add(connection);
        NextTimeout ??= now + SweepInterval;
    }

    public void HandleTimeout(Instant now)
    {
        if (NextTimeout is not { } next || next > now)
        {
            return;
        }

        EndExpired(now, _beforeFirstAllocation, options.UnauthenticatedTime);
        EndExpired(now, _idle, options.IdleTime);
        NextTimeout = _beforeFirstAllocation.Count + _idle.Count > 0 ? now + SweepInterval : null;
    }

    private void EndExpired(Instant now, HashSet<StreamConnection> connections, TimeSpan limit)
    {
        foreach (StreamConnection connection in connections)
        {
            if (connection.IdleSince + limit <= now)
            {
                _expired.Add(connection);
            }
        }

        foreach (StreamConnection connection in _expired)
        {
            connection.End(now, "it has no allocation");
        }

        _expired.Clear();
    }

    private void Forget(StreamConnection connection)
    {
        _beforeFirstAllocation.Remove(connection);
        _idle.Remove(connection);
        counters.ConnectionEnded();
    }
}
