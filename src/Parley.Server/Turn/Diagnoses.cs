using Parley.Server.IceServers;
using Parley.Server.Limits;
using Parley.Server.Rooms;

namespace Parley.Server.Turn;

/// <summary>
/// Lends the ICE servers to connections without a seat, which look whether a call would find a path: for a few minutes, a few allocations,
/// and no longer than the connection lasts.
/// </summary>
internal sealed class Diagnoses(IceServerDesk desk, TimeProvider time)
{
    /// <summary>At one time. With all their allocations they leave room for calls (<c>TurnLimits.Allocations</c>).</summary>
    public const int MaxOpen = 500;

    /// <summary>At one time from one address: a class behind one address looks at the same time.</summary>
    public const int MaxOpenPerAddress = 30;

    /// <summary>Of one connection: a browser makes one for each network, each address and each way to get here.</summary>
    public const int MaxAllocations = 16;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly VisitRate _rate = new(time);
    private readonly Dictionary<ParticipantId, Loan> _open = [];
    private readonly Dictionary<AddressBlock, int> _openPerAddress = [];

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Lends them.</summary>
    /// <param name="page">How the client has reached this server.</param>
    /// <param name="current">What the connection has already; null: nothing.</param>
    /// <param name="diagnosis">What it has now; null when it is refused.</param>
    public DiagnosisOutcome Begin(PageAddress page, Diagnosis? current, out Diagnosis? diagnosis)
    {
        diagnosis = null;
        var block = AddressBlock.Of(page.Client);
        lock (_lock)
        {
            if (!_rate.Allows(block))
            {
                return DiagnosisOutcome.Rate;
            }

            if (current is null || !_open.TryGetValue(current.Holder, out var loan))
            {
                if (_open.Count >= MaxOpen)
                {
                    return DiagnosisOutcome.Full;
                }

                if (_openPerAddress.GetValueOrDefault(block) >= MaxOpenPerAddress)
                {
                    return DiagnosisOutcome.Address;
                }

                loan = new(ParticipantId.New(), block);
            }

            diagnosis = Lend(loan, page);
            return DiagnosisOutcome.Ready;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void End(Diagnosis diagnosis)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(diagnosis.Holder, out var loan))
            {
                Close(loan);
            }
        }
    }

    // Under the lock: nothing of it waits, and a loan cannot end while it is renewed.
    private Diagnosis Lend(Loan loan, PageAddress page)
    {
        IceServerList servers;
        try
        {
            servers = desk.Diagnose(loan.Holder, page, Lifetime, MaxAllocations);
        }
        catch when (loan.Timer is null)
        {
            // Nobody will end what has not begun.
            desk.Close(loan.Holder.Value);
            throw;
        }

        loan.Since = time.GetTimestamp();
        if (loan.Timer is null)
        {
            _open.Add(loan.Holder, loan);
            _openPerAddress[loan.Block] = _openPerAddress.GetValueOrDefault(loan.Block) + 1;
            loan.Timer = time.CreateTimer(_ => Expire(loan), null, Lifetime, Timeout.InfiniteTimeSpan);
        }
        else
        {
            loan.Timer.Change(Lifetime, Timeout.InfiniteTimeSpan);
        }

        return new(loan.Holder, servers);
    }

    private void Expire(Loan loan)
    {
        lock (_lock)
        {
            if (!_open.ContainsKey(loan.Holder))
            {
                return;
            }

            // It was renewed just now, or the timer is not as exact as the clock.
            if (Lifetime - time.GetElapsedTime(loan.Since) is var left && left > TimeSpan.Zero)
            {
                loan.Timer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            Close(loan);
        }
    }

    private void Close(Loan loan)
    {
        _open.Remove(loan.Holder);
        if (--_openPerAddress[loan.Block] is 0)
        {
            _openPerAddress.Remove(loan.Block);
        }

        loan.Timer!.Dispose();
        desk.Close(loan.Holder.Value);
    }

    /// <summary>What is open: until its timer ends it, or its connection.</summary>
    private sealed class Loan(ParticipantId holder, AddressBlock block)
    {
        public ParticipantId Holder { get; } = holder;

        public AddressBlock Block { get; } = block;

        public long Since { get; set; }

        /// <summary>Null as long as it has not begun.</summary>
        public ITimer? Timer { get; set; }
    }
}

/// <summary>What a connection has been lent.</summary>
/// <param name="Holder">Whose credentials they are.</param>
/// <param name="IceServers">To try.</param>
internal sealed record Diagnosis(ParticipantId Holder, IceServerList IceServers);

internal enum DiagnosisOutcome
{
    Ready,

    /// <summary>So many are looking that nobody else may.</summary>
    Full,

    /// <summary>So many are looking from this address that nobody else may from there.</summary>
    Address,

    /// <summary>This address has looked too often.</summary>
    Rate,
}
