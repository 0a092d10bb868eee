using Parley.Core.Addresses;
using Parley.Core.Randomness;

namespace Parley.Stun.Turn.Server;

/// <summary>The ports of one relay address, and who has each.</summary>
internal sealed class RelayPorts
{
    /// <summary>In a range that is not nearly full, one draw almost always hits a free port.</summary>
    private const int Draws = 16;

    private readonly Allocation?[] _holders;
    private readonly HashSet<ushort> _never;
    private readonly int _first;
    private readonly IRandomSource _random;

    public RelayPorts(RelayAddress address, TurnServerOptions options, IRandomSource random)
    {
        Address = address;
        _first = options.MinRelayPort;
        _holders = new Allocation?[options.MaxRelayPort - options.MinRelayPort + 1];
        // Whatever the address and the protocol: nothing is lost by leaving out a few ports.
        _never = [.. options.Listeners.Select(listener => listener.Port)];
        _random = random;
    }

    public RelayAddress Address { get; }

    /// <summary>
    /// A free port, which nobody can foretell (RFC 8656, 7.2; RFC 6056); 0 if there is none.
    /// </summary>
    public ushort Draw(bool even, List<ushort> refused)
    {
        for (int draw = 0; draw < Draws; draw++)
        {
            int port = _first + _random.Next(_holders.Length);
            port = even ? port & ~1 : port;
            if (IsFree(port, refused))
            {
                return (ushort)port;
            }
        }

        int start = _random.Next(_holders.Length);
        for (int step = 0; step < _holders.Length; step++)
        {
            int port = _first + ((start + step) % _holders.Length);
            if ((!even || port % 2 == 0) && IsFree(port, refused))
            {
                return (ushort)port;
            }
        }

        return 0;
    }

    public void Hold(ushort port, Allocation holder) => _holders[port - _first] = holder;

    public void Free(ushort port) => _holders[port - _first] = null;

    /// <summary>The allocation whose relayed address this is, in the form that peers see or in the machine's own; null: nobody's.</summary>
    public Allocation? Find(in TransportAddress address)
    {
        int index = address.Port - _first;
        return (uint)index < (uint)_holders.Length && (address.Address == Address.External || address.Address == Address.Local)
            ? _holders[index]
            : null;
    }

    private bool IsFree(int port, List<ushort> refused) =>
        port >= _first && _holders[port - _first] is null && !_never.Contains((ushort)port) && !refused.Contains((ushort)port);
}
