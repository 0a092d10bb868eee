using Parley.Core.Time;

namespace Parley.Testing.Routing;

/// <summary>What connects a host, or a router, to its network.</summary>
public sealed class Link
{
    private readonly VirtualWorld _world;
    private Instant _lastUp;
    private Instant _lastDown;

    internal Link(VirtualWorld world, LinkConditions conditions)
    {
        _world = world;
        Conditions = conditions;
    }

    /// <summary>May be changed at any time; what is on its way is not touched.</summary>
    public LinkConditions Conditions { get; set; }

    /// <summary>Nothing passes. Streams wait for a while, then break.</summary>
    public bool IsCut { get; set; }

    internal void CarryUp(Packet packet, Action<Packet> arrive) => Carry(packet, arrive, ref _lastUp);

    internal void CarryDown(Packet packet, Action<Packet> arrive) => Carry(packet, arrive, ref _lastDown);

    /// <summary>How long a stream's segment takes, with what has to be sent again.</summary>
    internal TimeSpan DrawReliableDelay()
    {
        TimeSpan delay = DrawDelay();
        TimeSpan again = TimeSpan.FromMilliseconds(200);
        for (int times = 0; times < 6 && _world.NetworkRandom.Chance(Conditions.Loss); times++)
        {
            delay += again;
            again *= 2;
        }

        return delay;
    }

    private void Carry(Packet packet, Action<Packet> arrive, ref Instant last)
    {
        if (IsCut)
        {
            packet.End("cut");
            return;
        }

        if (_world.NetworkRandom.Chance(Conditions.Loss))
        {
            packet.End("lost");
            return;
        }

        CarryOne(packet, arrive, ref last);
        if (_world.NetworkRandom.Chance(Conditions.Duplication))
        {
            CarryOne(packet.Duplicate(_world), arrive, ref last);
        }
    }

    private void CarryOne(Packet packet, Action<Packet> arrive, ref Instant last)
    {
        Instant arrival = _world.Now + DrawDelay();
        if (Conditions.KeepsOrder && arrival < last)
        {
            arrival = last;
        }

        last = arrival;
        _world.After(arrival - _world.Now, () => arrive(packet));
    }

    private TimeSpan DrawDelay() =>
        Conditions.Delay + (Conditions.Jitter > TimeSpan.Zero ? _world.NetworkRandom.Between(TimeSpan.Zero, Conditions.Jitter) : TimeSpan.Zero);
}
