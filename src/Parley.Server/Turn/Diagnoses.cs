using System.Net;
using System.Net.Sockets;
using Parley.Server.IceServers;
using Parley.Server.Rooms;

namespace Parley.Server.Turn;

/// <summary>
/// Lends the ICE servers to connections without a seat, which look whether a call would find a path: for a few minutes, a few allocations,
/// and as long as the connection lasts.
/// </summary>
internal sealed class Diagnoses(IceServerDesk desk, TimeProvider time)
{
    /// <summary>At one time.</summary>
    public const int MaxOpen = 1_000;

    /// <summary>Of one address within <see cref="Window"/>: a class behind one address looks at the same time.</summary>
    public const int MaxPerAddress = 30;

    /// <summary>Of one connection: a browser makes one for each network, each address and each way to get here.</summary>
    public const int MaxAllocations = 16;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int MaxAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Visits> _visits = [];
    private int _open;

    /// <summary>Lends them.</summary>
    /// <param name="address">Of the client; null when its connection has none.</param>
    /// <param name="page">How it has reached this server.</param>
    /// <param name="current">What the connection has already; null: nothing.</param>
    /// <param name="diagnosis">What it has now; null when it is refused.</param>
    public DiagnosisOutcome Begin(IPAddress? address, PageAddress page, Diagnosis? current, out Diagnosis? diagnosis)
    {
        diagnosis = null;
        lock (_lock)
        {
            if (!MayVisit(BlockOf(address)))
            {
                return DiagnosisOutcome.Rate;
            }

            if (current is null && _open >= MaxOpen)
            {
                return DiagnosisOutcome.Full;
            }

            _open += current is null ? 1 : 0;
        }

        var holder = current?.Holder ?? ParticipantId.New();
        try
        {
            diagnosis = new(holder, desk.Diagnose(holder, page, Lifetime, MaxAllocations));
            return DiagnosisOutcome.Ready;
        }
        catch when (current is null)
        {
            // Nobody will end what has not begun.
            Close(holder);
            throw;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void End(Diagnosis diagnosis) => Close(diagnosis.Holder);

    private void Close(ParticipantId holder)
    {
        desk.Close(holder.Value);
        lock (_lock)
        {
            _open--;
        }
    }

    private bool MayVisit(IPAddress block)
    {
        var now = time.GetTimestamp();
        if (_visits.TryGetValue(block, out var visits) && time.GetElapsedTime(visits.Since, now) < Window)
        {
            _visits[block] = visits with { Count = Math.Min(visits.Count + 1, MaxPerAddress) };
            return visits.Count < MaxPerAddress;
        }

        if (_visits.Count >= MaxAddresses && visits is null)
        {
            Forget(now);
            if (_visits.Count >= MaxAddresses)
            {
                return false;
            }
        }

        _visits[block] = new(now, 1);
        return true;
    }

    private void Forget(long now)
    {
        foreach (var (block, visits) in _visits)
        {
            if (time.GetElapsedTime(visits.Since, now) >= Window)
            {
                _visits.Remove(block);
            }
        }
    }

    /// <summary>An address of version 6 counts as its /64, since one customer usually has a whole one to choose from.</summary>
    private static IPAddress BlockOf(IPAddress? address)
    {
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(bytes);
    }

    private sealed record Visits(long Since, int Count);
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

    /// <summary>This address has looked too often.</summary>
    Rate,
}
