using Parley.Core.Addresses;
using Parley.Testing.Hosts;

namespace Parley.Testing.Routing;

/// <summary>A UDP datagram on its way. Routers change its addresses; the timeline keeps what became of it.</summary>
internal sealed class Packet(VirtualHost origin, TransportAddress source, TransportAddress destination, byte[] payload, TimelineEntry entry)
{
    /// <summary>As in IP: two routers that send a packet to each other do so for a while only.</summary>
    private int _hopsLeft = 32;

    public VirtualHost Origin => origin;

    public TransportAddress Source { get; set; } = source;

    public TransportAddress Destination { get; set; } = destination;

    public byte[] Payload => payload;

    public void Delivered(VirtualHost to, ushort port)
    {
        entry.To = $"{to.Name}:{port}";
        End($"{(to.World.Now - entry.At).TotalMilliseconds:F0} ms");
    }

    public void End(string fate) => entry.Fate = fate;

    public bool TryHop()
    {
        if (_hopsLeft-- > 0)
        {
            return true;
        }

        End("too many hops");
        return false;
    }

    public Packet Duplicate(VirtualWorld world)
    {
        TimelineEntry copy = TimelineEntry.Packet(world.Now, $"{entry.From} (again)", entry.To!, payload);
        return new Packet(origin, Source, Destination, payload, world.Timeline.Add(copy)) { _hopsLeft = _hopsLeft };
    }
}
