using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Adapters.Recovery;

/// <summary>
/// Keeps the sockets of a namespace whose connections broke, and the events that they miss, until their clients come back.
/// </summary>
/// <remarks>
/// Thread-safe. Whoever sends, lets a socket in, ends one or changes its rooms holds the namespace back meanwhile, so that
/// every client is sent the events in the order of their numbers, and its rooms are known for each of them. The order of locks: this
/// one before a socket's, that before its session's.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The timer ends by itself when nothing is kept any more.")]
internal sealed class SessionRecovery(
    RecoveryBudget budget, SocketIOOptions server, TimeProvider time, PacketEncoder encoder, string ns, Action released)
{
    // 120 random bits, as in every other id.
    private const int PidBytes = 15;

    // A handler of the old socket that runs on and on costs its client the recovery, not the connection.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly ConnectionStateRecoveryOptions _options = server.ConnectionStateRecovery!;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecoverySession> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<RecoverySession> _away = new();

    // What a client has not received may have been sent before its silence was noticed.
    private readonly PacketLog _log = new(
        server.ConnectionStateRecovery!.MaxPackets,
        server.ConnectionStateRecovery.MaxBytes,
        server.ConnectionStateRecovery.MaxDisconnectionDuration + server.PingInterval + server.PingTimeout,
        time);

    private RecoveryHoldings _reported;
    private ITimer? _sweep;

    /// <summary>How much is kept.</summary>
    public RecoveryHoldings Holdings
    {
        get
        {
            lock (_gate)
            {
                return new(_log.Count, _log.Bytes, _away.Count);
            }
        }
    }

    public static string NewPid() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(PidBytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>Nothing is sent to the namespace until the result is disposed of.</summary>
    public Lock.Scope HoldBack() => _gate.EnterScope();

    /// <summary>
    /// An event as it is to be sent, with its offset as its last argument: clients remember it. It is kept for those who are away.
    /// To be sent before the namespace is let go again, in the order of the calls.
    /// </summary>
    public EncodedPacket Log(EncodedPacket packet, BroadcastTargets targets)
    {
        if (_sessions.Count == 0)
        {
            return packet;
        }

        var stamped = encoder.Append(packet, ns, _log.OffsetOf(_log.Last + 1));
        _log.Append(stamped, targets);
        ArmSweep();
        Report();
        budget.Enforce(this);
        return stamped;
    }

    /// <summary>
    /// An event that is not to be kept, as it is to be sent. The client takes every text that comes last for an offset; where
    /// it would be misled so, it is told a real one.
    /// </summary>
    public EncodedPacket Mark(EncodedPacket packet) =>
        _sessions.Count > 0 && PacketEncoder.EndsWithText(packet) ? encoder.Append(packet, ns, _log.OffsetOf(_log.Last)) : packet;

    /// <summary>The latest event is being sent to a socket.</summary>
    public void HandleSent(ILocalSocket socket)
    {
        if (socket.Session is { } session)
        {
            session.LastSent = _log.Last;
        }
    }

    /// <summary>A socket is in for the first time.</summary>
    public RecoverySession Open(
        string pid, ILocalSocket socket, string? user, IDictionary<string, object?> items, IEnumerable<string> rooms)
    {
        var session = new RecoverySession(pid, socket.Id, user, items, _log.Last) { Socket = socket };
        foreach (var room in rooms)
        {
            session.Rooms.Join(room, _log.Last);
        }

        _sessions.Add(pid, session);
        return session;
    }

    /// <summary>What a client that is on its way in has missed, to be sent now; null when that can no longer be told.</summary>
    public IReadOnlyList<EncodedPacket>? TakeMissed(RecoveryClaim claim)
    {
        if (TryCollect(claim.Session, claim.From, out var last) is not { } missed)
        {
            return null;
        }

        claim.Session.LastSent = Math.Max(claim.Session.LastSent, last);
        return missed;
    }

    /// <summary>A client that was away is in again, and what it missed has been sent.</summary>
    public void Resume(RecoveryClaim claim)
    {
        var session = claim.Session;
        session.State = RecoveryState.Live;
        budget.Metrics?.ClientRecovered();
        released();
    }

    /// <summary>A client that was on its way in did not arrive: it may try again in what is left of its time.</summary>
    public void Return(RecoveryClaim claim)
    {
        if (claim.Session.State == RecoveryState.Claimed)
        {
            claim.Session.State = RecoveryState.Away;
            claim.Session.Place = _away.AddFirst(claim.Session);
            // The last sweep may have found nobody away.
            ArmSweep();
            Trim();
        }
    }

    /// <summary>The connection of a socket broke.</summary>
    /// <param name="session">Its session.</param>
    /// <param name="ended">Ends when its handlers have.</param>
    public void Suspend(RecoverySession session, Task ended)
    {
        (session.AwaySince, session.AwayAt, session.Ended) = (_log.Last, time.GetTimestamp(), ended);
        session.State = RecoveryState.Away;
        session.Place = _away.AddLast(session);
        ArmSweep();
        Trim();
    }

    /// <summary>A socket is gone for good.</summary>
    public void Drop(RecoverySession session)
    {
        session.State = RecoveryState.Lost;
        _sessions.Remove(session.Pid);
        ClearIfUseless();
        Report();
    }

    public void Join(RecoverySession session, string room) => session.Rooms.Join(room, _log.Last);

    public void Leave(RecoverySession session, string room) => session.Rooms.Leave(room, _log.Last);

    /// <summary>The sockets that are away and meant.</summary>
    public IReadOnlyList<RecoverySession> SelectAway(BroadcastTargets targets) =>
        [.. _away.Where(session => session.IsMeantBy(targets, long.MaxValue))];

    /// <summary>Gives up a socket that is away.</summary>
    public void Lose(RecoverySession session)
    {
        if (session.Place is { } place)
        {
            _away.Remove(place);
            session.Place = null;
        }

        Drop(session);
        released();
    }

    /// <summary>
    /// Hands a session over to its client, which is back. Null when there is none for it, or when not exactly what it missed can be
    /// told: then it is a new client. If its old connection still seems to live, that ends first.
    /// </summary>
    public async Task<RecoveryClaim?> ClaimAsync(string pid, string? offset, string? user, CancellationToken cancellationToken)
    {
        var claim = await TryClaimAsync(pid, offset, user, cancellationToken);
        if (claim is null)
        {
            budget.Metrics?.ClientRefused();
        }

        return claim;
    }

    /// <summary>Gives up the oldest events for the sake of other namespaces. False when the namespace is held back by somebody.</summary>
    public bool TryGiveBytes(long bytes) => TryGive(() => _log.Remove(bytes));

    /// <summary>Gives up the sockets that have been away longest. False when the namespace is held back by somebody.</summary>
    public bool TryGiveSessions(int count) => TryGive(() =>
    {
        for (var i = 0; i < count && _away.First is { Value: var session }; i++)
        {
            Lose(session);
        }
    });

    private bool TryGive(Action give)
    {
        if (!_gate.TryEnter())
        {
            return false;
        }

        try
        {
            give();
            Report();
            return true;
        }
        finally
        {
            _gate.Exit();
        }
    }

    private async Task<RecoveryClaim?> TryClaimAsync(string pid, string? offset, string? user, CancellationToken cancellationToken)
    {
        if (Find(pid, user) is not { } session)
        {
            return null;
        }

        try
        {
            await EndAsync(session).WaitAsync(EndLimit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }

        lock (_gate)
        {
            return session.State == RecoveryState.Away ? Claim(session, offset) : null;
        }
    }

    private RecoveryClaim? Claim(RecoverySession session, string? offset)
    {
        if (IsExpired(session) || TryFindStart(session, offset) is not { } from || TryCollect(session, from, out _) is null)
        {
            Lose(session);
            return null;
        }

        _away.Remove(session.Place!);
        session.Place = null;
        session.State = RecoveryState.Claimed;
        Report();
        return new RecoveryClaim(session, from, [.. session.Rooms.Current]);
    }

    private RecoverySession? Find(string pid, string? user)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(pid, out var session) && string.Equals(session.User, user, StringComparison.Ordinal)
                ? session
                : null;
        }
    }

    /// <summary>
    /// Ends the session's socket if it has not ended: it seems to live, or is on its way in while a middleware takes its time. The task
    /// ends when that is over, the last handlers included.
    /// </summary>
    private Task EndAsync(RecoverySession session)
    {
        ILocalSocket? socket;
        lock (_gate)
        {
            if (session.State is not (RecoveryState.Live or RecoveryState.Claimed))
            {
                return session.Ended;
            }

            socket = session.Socket;
        }

        return socket?.SupersedeAsync() ?? Task.CompletedTask;
    }

    /// <summary>The event after which must be looked for what the client has missed.</summary>
    private long? TryFindStart(RecoverySession session, string? offset)
    {
        if (!_log.TryRead(offset, out var number) || number < session.Start)
        {
            // It has received nothing yet in this session: its offset is missing, or is left over from a session before this one.
            number = session.Start;
        }

        // Everything that was sent to it has arrived: how long ago that was does not matter.
        return number >= session.LastSent ? Math.Max(number, session.AwaySince) : number;
    }

    /// <summary>What was sent after an event, if that is all here and what one connection can be sent at once.</summary>
    private List<EncodedPacket>? TryCollect(RecoverySession session, long from, out long last)
    {
        last = 0;
        if (!_log.HasAllAfter(from) || from < session.Rooms.Forgotten)
        {
            return null;
        }

        List<EncodedPacket> missed = [];
        var (packets, bytes) = (0, 0L);
        foreach (var (number, packet, targets) in _log.After(from))
        {
            if (!session.IsMeantBy(targets, number))
            {
                continue;
            }

            missed.Add(packet);
            last = number;
            packets += 1 + packet.Attachments.Count;
            bytes += packet.Message.Length;
            for (var i = 0; i < packet.Attachments.Count; i++)
            {
                bytes += packet.Attachments[i].Length;
            }

            // Half of what may wait: the rest is for what the application has to say.
            if (packets > server.MaxOutboundPackets / 2 || bytes > server.MaxOutboundBytes / 2)
            {
                return null;
            }
        }

        return missed;
    }

    private bool IsExpired(RecoverySession session) => time.GetElapsedTime(session.AwayAt) > _options.MaxDisconnectionDuration;

    private void Trim()
    {
        while (_away.Count > _options.MaxSessions)
        {
            Lose(_away.First!.Value);
        }

        Report();
        budget.Enforce(this);
    }

    private void Report()
    {
        var now = Holdings;
        if (now != _reported)
        {
            budget.Report(this, _reported, now);
            _reported = now;
        }
    }

    // Without anybody who could miss something there is nothing to keep.
    private void ClearIfUseless()
    {
        if (_sessions.Count == 0)
        {
            _log.Clear();
        }
    }

    private void ArmSweep()
    {
        if (_sweep is null)
        {
            _sweep = time.CreateTimer(
                static state => ((SessionRecovery)state!).Sweep(), this, _options.MaxDisconnectionDuration, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            while (_away.First is { Value: var session } && IsExpired(session))
            {
                Lose(session);
            }

            _log.RemoveExpired();
            Report();
            _sweep?.Dispose();
            _sweep = null;
            if (_away.Count > 0 || _log.Count > 0)
            {
                ArmSweep();
            }
        }
    }
}
