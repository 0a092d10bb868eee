using System.Collections.Concurrent;

namespace Parley.SocketIO.Adapters.Recovery;

/// <summary>What is kept for those who are away.</summary>
/// <param name="Packets">How many events.</param>
/// <param name="Bytes">What these cost.</param>
/// <param name="Away">How many sockets.</param>
internal readonly record struct RecoveryHoldings(int Packets, long Bytes, int Away);

/// <summary>
/// The bound on what all namespaces of a server keep together: clients may make many of them. Where it is reached, those that keep
/// most give first, so that no single one costs the others their recovery. Against many small ones stands
/// <see cref="SocketIOOptions.MaxDynamicNamespaces"/>.
/// </summary>
/// <remarks>
/// Thread-safe. A namespace calls while it holds itself back, and others are held back on its behalf only if that needs no waiting:
/// two that did so to each other would wait for ever. Where nobody else can give, the namespace itself does.
/// </remarks>
internal sealed class RecoveryBudget(ConnectionStateRecoveryOptions options, RecoveryMetrics? metrics = null)
{
    // To look for who keeps most costs time: a little more than is needed is asked for at once.
    private const int SpareShare = 64;

    private readonly ConcurrentDictionary<SessionRecovery, RecoveryHoldings> _keepers = new(ReferenceEqualityComparer.Instance);
    private long _bytes;
    private int _away;

    public RecoveryMetrics? Metrics => metrics;

    /// <summary>What all keep together.</summary>
    public (long Bytes, int Away) Total => (Interlocked.Read(ref _bytes), Volatile.Read(ref _away));

    /// <summary>A namespace keeps more or less than before.</summary>
    public void Report(SessionRecovery keeper, in RecoveryHoldings before, in RecoveryHoldings now)
    {
        if (now == default)
        {
            _keepers.TryRemove(keeper, out _);
        }
        else
        {
            _keepers[keeper] = now;
        }

        var more = new RecoveryHoldings(now.Packets - before.Packets, now.Bytes - before.Bytes, now.Away - before.Away);
        Interlocked.Add(ref _bytes, more.Bytes);
        Interlocked.Add(ref _away, more.Away);
        metrics?.Kept(more);
    }

    /// <summary>Sees to it that the bounds are kept again, after a namespace has come to keep more.</summary>
    public void Enforce(SessionRecovery keeper)
    {
        if (Interlocked.Read(ref _bytes) > options.MaxTotalBytes)
        {
            FreeBytes(keeper);
        }

        if (Volatile.Read(ref _away) > options.MaxTotalSessions)
        {
            FreeSessions(keeper);
        }
    }

    private void FreeBytes(SessionRecovery keeper)
    {
        var goal = options.MaxTotalBytes - (options.MaxTotalBytes / SpareShare);
        foreach (var (other, holdings) in _keepers.ToArray().OrderByDescending(k => k.Value.Bytes))
        {
            var needed = Interlocked.Read(ref _bytes) - goal;
            if (needed <= 0)
            {
                return;
            }

            other.TryGiveBytes(Math.Min(needed, Share(holdings.Bytes)));
        }

        if (Interlocked.Read(ref _bytes) - options.MaxTotalBytes is > 0 and var rest)
        {
            keeper.TryGiveBytes(rest);
        }
    }

    private void FreeSessions(SessionRecovery keeper)
    {
        var goal = options.MaxTotalSessions - (options.MaxTotalSessions / SpareShare);
        foreach (var (other, holdings) in _keepers.ToArray().OrderByDescending(k => k.Value.Away))
        {
            var needed = Volatile.Read(ref _away) - goal;
            if (needed <= 0)
            {
                return;
            }

            other.TryGiveSessions((int)Math.Min(needed, Share(holdings.Away)));
        }

        if (Volatile.Read(ref _away) - options.MaxTotalSessions is > 0 and var rest)
        {
            keeper.TryGiveSessions(rest);
        }
    }

    // So that who keeps most keeps about as much as the next, and not nothing.
    private static long Share(long kept) => (kept + 3) / 4;
}
