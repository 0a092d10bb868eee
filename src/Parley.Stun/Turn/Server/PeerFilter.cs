using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// Which addresses may be peers: <see cref="PeerPolicy"/>, and what follows from where the server itself is. Asked when a permission is
/// made and again for every packet.
/// </summary>
internal sealed class PeerFilter
{
    private const int FirstBytes = 256;

    private readonly PeerPolicy _policy;
    private readonly HashSet<InternetAddress> _own;
    private readonly HashSet<InternetAddress> _relays;
    private readonly HashSet<ushort> _listenerPorts;

    /// <summary>Those of the allowed ranges that mean this machine: single addresses, and loopback networks.</summary>
    private readonly AddressRange[] _allowedHere;

    /// <summary>By family and first byte: whether any rule says anything of such addresses. Of most it does not, and they pass at once.</summary>
    private readonly bool[] _hasRules = new bool[FirstBytes * 2];

    public PeerFilter(TurnServerOptions options)
    {
        _policy = options.Peers;
        _relays = [.. options.RelayAddresses.SelectMany(relay => new[] { relay.Local, relay.External })];
        _own = [
            .. _relays, .. options.OwnAddresses, .. options.Listeners.Select(listener => listener.Address).Where(address => !address.IsUnspecified)];
        _allowedHere = [.. _policy.Allowed.Where(range => range.PrefixLength == range.First.Length * 8 || IsWithinLoopback(range))];
        _listenerPorts = [.. options.Listeners.Select(listener => listener.Port)];

        IEnumerable<AddressRange> rules = [
            .. SpecialAddresses.Loopback, .. SpecialAddresses.Private, .. SpecialAddresses.Others, .. _policy.Denied, .. _policy.Allowed,
            .. _own.Select(address => new AddressRange(address, address.Length * 8))];
        foreach (AddressRange rule in rules)
        {
            MarkFirstBytes(rule);
        }
    }

    /// <summary>What may be sent there, whatever the port, for a client with this address.</summary>
    public PeerVerdict Judge(InternetAddress address, InternetAddress client)
    {
        // ISATAP hides in the lower half, whatever the first byte is.
        Span<InternetAddress> disguised = stackalloc InternetAddress[IPv4InIPv6.Max];
        int count = IPv4InIPv6.Unwrap(address, disguised);
        if (count == 0 && !_hasRules[IndexOf(address)])
        {
            return PeerVerdict.Allowed;
        }

        foreach (InternetAddress inner in disguised[..count])
        {
            // Not even a relay of our own is reached in disguise: nobody calls it so.
            if (JudgePlain(inner, client) != PeerVerdict.Allowed)
            {
                return PeerVerdict.Refused;
            }
        }

        return JudgePlain(address, client);
    }

    /// <summary>
    /// What may be sent to this port there. A server that sends to itself answers itself, for ever: no rule allows that.
    /// </summary>
    public PeerVerdict Judge(in TransportAddress peer, InternetAddress client) =>
        IsListener(peer) ? PeerVerdict.Refused : Judge(peer.Address, client);

    private PeerVerdict JudgePlain(InternetAddress address, InternetAddress client)
    {
        // Whoever allows a network does not mean the services of this machine in it.
        if (Contains(IsThisMachine(address) ? _allowedHere : _policy.Allowed, address))
        {
            return PeerVerdict.Allowed;
        }

        if (Contains(_policy.Denied, address))
        {
            return PeerVerdict.Refused;
        }

        // Whoever is let in to this machine's loopback addresses is at this machine, whose other addresses are no further away.
        if (Contains(SpecialAddresses.Loopback, address) || _own.Contains(address))
        {
            return _policy.AllowLoopback ? PeerVerdict.Allowed : _relays.Contains(address) ? PeerVerdict.RelaysOnly : PeerVerdict.Refused;
        }

        if (Contains(SpecialAddresses.Others, address))
        {
            return PeerVerdict.Refused;
        }

        if (!Contains(SpecialAddresses.Private, address))
        {
            return PeerVerdict.Allowed;
        }

        // Where the world comes in through a NAT in front, only those are at home here who come from here.
        bool isNeighbour = Contains(SpecialAddresses.Private, client) || Contains(SpecialAddresses.Loopback, client) || _own.Contains(client);
        return _policy.AllowPrivate && isNeighbour ? PeerVerdict.Allowed : PeerVerdict.Refused;
    }

    private bool IsListener(in TransportAddress peer)
    {
        if (!_listenerPorts.Contains(peer.Port))
        {
            return false;
        }

        Span<InternetAddress> disguised = stackalloc InternetAddress[IPv4InIPv6.Max];
        int count = IPv4InIPv6.Unwrap(peer.Address, disguised);
        bool isOwn = IsThisMachine(peer.Address);
        foreach (InternetAddress inner in disguised[..count])
        {
            isOwn |= IsThisMachine(inner);
        }

        return isOwn;
    }

    private bool IsThisMachine(InternetAddress address) =>
        address.IsUnspecified || _own.Contains(address) || Contains(SpecialAddresses.Loopback, address);

    private static bool IsWithinLoopback(AddressRange range) =>
        SpecialAddresses.Loopback.Any(loopback => loopback.PrefixLength <= range.PrefixLength && loopback.Contains(range.First));

    private void MarkFirstBytes(AddressRange range)
    {
        int first = IndexOf(range.First);
        int count = range.PrefixLength >= 8 ? 1 : 1 << (8 - range.PrefixLength);
        Array.Fill(_hasRules, true, first, count);
    }

    private static int IndexOf(InternetAddress address) => address.Family == IpFamily.IPv6
        ? FirstBytes + (int)(byte)(address.Bits >> 120)
        : (int)(byte)(address.Bits >> 24);

    private static bool Contains(IReadOnlyList<AddressRange> ranges, InternetAddress address)
    {
        for (int at = 0; at < ranges.Count; at++)
        {
            if (ranges[at].Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What <see cref="PeerFilter"/> says.</summary>
internal enum PeerVerdict
{
    /// <summary>It is no peer.</summary>
    Refused,

    /// <summary>It is this machine: what clients have as relayed addresses may be reached, and nothing else.</summary>
    RelaysOnly,

    /// <summary>It may be reached.</summary>
    Allowed,
}
