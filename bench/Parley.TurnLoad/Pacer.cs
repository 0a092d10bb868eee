using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>Lets every flow send once per interval, evenly spread over it.</summary>
internal sealed class Pacer(IReadOnlyList<Flow> flows, TimeSpan interval, Instant start)
{
    private long _sent;

    /// <summary>When the next packet is due.</summary>
    public Instant Next => start + TimeSpan.FromTicks(interval.Ticks * _sent / flows.Count);

    /// <summary>By how much the latest packet of all was too late.</summary>
    public TimeSpan Latest { get; set; }

    /// <summary>Sends what is due.</summary>
    public void SendDue(Instant now)
    {
        TimeSpan late = now - Next;
        if (late > Latest)
        {
            Latest = late;
        }

        while (Next <= now)
        {
            flows[(int)(_sent % flows.Count)].SendPacket(now);
            _sent++;
        }
    }
}
