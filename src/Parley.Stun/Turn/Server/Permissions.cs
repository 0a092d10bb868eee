using Parley.Core.Addresses;
using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// From which hosts an allocation takes data, and to which it sends (RFC 8656, section 9): by IP address, whatever the port. Data never
/// prolongs one.
/// </summary>
internal sealed class Permissions(int max)
{
    /// <summary>RFC 8656, section 9.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<InternetAddress, Instant> _expiries = [];

    /// <summary>Live and not yet forgotten ones.</summary>
    public int Count => _expiries.Count;

    public bool Has(Instant now, InternetAddress peer) => _expiries.TryGetValue(peer, out Instant expiry) && now < expiry;

    /// <summary>Whether all of them can be had, with those there are.</summary>
    public bool HasRoomFor(Instant now, HashSet<InternetAddress> peers)
    {
        int added = 0;
        foreach (InternetAddress peer in peers)
        {
            added += _expiries.ContainsKey(peer) ? 0 : 1;
        }

        if (_expiries.Count + added <= max)
        {
            return true;
        }

        // Expired ones take no room; nobody needs them to be gone earlier.
        foreach ((InternetAddress peer, Instant expiry) in _expiries)
        {
            if (expiry <= now && !peers.Contains(peer))
            {
                _expiries.Remove(peer);
            }
        }

        return _expiries.Count + added <= max;
    }

    /// <summary>Installs it, or lets it begin anew.</summary>
    public void Refresh(Instant now, InternetAddress peer) => _expiries[peer] = now + Lifetime;
}
