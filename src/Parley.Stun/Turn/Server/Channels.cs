using Parley.Core.Addresses;
using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>Short names of peers within one allocation (RFC 8656, section 12).</summary>
internal sealed class Channels(int max)
{
    /// <summary>RFC 8656, section 12.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ushort, Binding> _byNumber = [];
    private readonly Dictionary<TransportAddress, Binding> _byPeer = [];

    /// <summary>Live and not yet forgotten ones.</summary>
    public int Count => _byNumber.Count;

    public bool TryFindPeer(Instant now, ushort number, out TransportAddress peer)
    {
        bool found = _byNumber.TryGetValue(number, out Binding? binding) && now < binding.Expiry;
        peer = found ? binding!.Peer : default;
        return found;
    }

    public bool TryFindNumber(Instant now, in TransportAddress peer, out ushort number)
    {
        bool found = _byPeer.TryGetValue(peer, out Binding? binding) && now < binding.Expiry;
        number = found ? binding!.Number : (ushort)0;
        return found;
    }

    /// <summary>Whether the number names another peer, or the peer has another number (RFC 8656, 12.2).</summary>
    public bool IsInConflict(Instant now, ushort number, in TransportAddress peer) =>
        (TryFindPeer(now, number, out TransportAddress bound) && bound != peer)
        || (TryFindNumber(now, peer, out ushort other) && other != number);

    public bool HasRoomFor(Instant now, ushort number)
    {
        if (_byNumber.Count >= max && !_byNumber.ContainsKey(number))
        {
            foreach (Binding binding in _byNumber.Values)
            {
                if (binding.Expiry <= now)
                {
                    Remove(binding);
                }
            }
        }

        return _byNumber.Count < max || _byNumber.ContainsKey(number);
    }

    /// <summary>Binds, or lets the binding begin anew. There is room, and no conflict.</summary>
    public void Bind(Instant now, ushort number, in TransportAddress peer)
    {
        // What either was bound to has expired, or it is the same.
        Remove(_byNumber.GetValueOrDefault(number));
        Remove(_byPeer.GetValueOrDefault(peer));
        var binding = new Binding(number, peer, now + Lifetime);
        _byNumber[number] = binding;
        _byPeer[peer] = binding;
    }

    private void Remove(Binding? binding)
    {
        if (binding is not null)
        {
            _byNumber.Remove(binding.Number);
            _byPeer.Remove(binding.Peer);
        }
    }

    private sealed record Binding(ushort Number, TransportAddress Peer, Instant Expiry);
}
