using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>All allocations, by everything they are looked up by; keeps the quotas and tells the driver what sockets it needs.</summary>
internal sealed class AllocationTable
{
    private readonly TurnLimits _limits;
    private readonly TurnServerCounters _counters;
    private readonly Queue<TurnServerEvent> _events;
    private readonly RelayPorts[] _ports;
    private readonly Dictionary<FiveTuple, Allocation> _byClient = [];
    private readonly Dictionary<RelayId, Allocation> _byRelay = [];
    private readonly Accounts _accounts;
    private readonly Dictionary<ulong, int> _byBlock = [];
    private readonly ExpiryQueue _expiries = new();
    private long _lastRelay;

    public AllocationTable(TurnServerOptions options, TurnServerCounters counters, Queue<TurnServerEvent> events, IRandomSource random)
    {
        _limits = options.Limits;
        _counters = counters;
        _events = events;
        _accounts = new Accounts(options.Limits);
        _ports = [.. options.RelayAddresses.Select(address => new RelayPorts(address, options, random))];
    }

    /// <summary>Those whose sockets are being opened are counted.</summary>
    public int Count => _byClient.Count;

    /// <summary>Users who are remembered.</summary>
    public int Users => _accounts.Count;

    /// <summary>The one that ends first, or whose socket should be open first.</summary>
    public Allocation? FirstToExpire => _expiries.First;

    public Allocation? Find(in FiveTuple client) => _byClient.GetValueOrDefault(client);

    public Allocation? Find(RelayId relay) => _byRelay.GetValueOrDefault(relay);

    /// <summary>The allocation that has this relayed address, in either form.</summary>
    public Allocation? FindRelayed(in TransportAddress address)
    {
        foreach (RelayPorts ports in _ports)
        {
            if (ports.Find(address) is { } holder)
            {
                return holder;
            }
        }

        return null;
    }

    public bool HasFamily(IpFamily family) => PortsOf(family) is not null;

    /// <summary>Why this user may have no more, or that client; null: it may.</summary>
    public StunErrorCode? FindQuota(TurnUser user, InternetAddress client)
    {
        int most = Math.Min(user.MaxAllocations ?? int.MaxValue, _limits.AllocationsPerUser);
        bool isOwnFull = (_accounts.Find(user.Id)?.Allocations.Count ?? 0) >= most;
        if (isOwnFull || _byBlock.GetValueOrDefault(AddressBlock.Of(client)) >= _limits.AllocationsPerAddress)
        {
            return StunErrorCode.AllocationQuotaReached;
        }

        return _byClient.Count >= _limits.Allocations ? StunErrorCode.InsufficientCapacity : null;
    }

    /// <summary>Adds one that needs a socket; false if there is no port.</summary>
    public bool TryAdd(Instant now, in ReplyTo replyTo, TurnUser user, IpFamily family, Opening opening, Instant deadline)
    {
        Account account = _accounts.Open(now, user.Id);
        var allocation = new Allocation(replyTo.Client, account, user.Credential.Username, replyTo.Transaction, _limits) { Opening = opening };
        if (!TryWantRelay(allocation, family, opening))
        {
            _accounts.Release(account);
            return false;
        }

        account.Allocations.Add(allocation);
        _byClient.Add(allocation.Client, allocation);
        ulong block = AddressBlock.Of(allocation.Client.Client.Address);
        _byBlock[block] = _byBlock.GetValueOrDefault(block) + 1;
        _expiries.Set(allocation, deadline);
        return true;
    }

    /// <summary>The socket could not be had: tries another port; false if there is none.</summary>
    public bool TryAnotherPort(Allocation allocation, Opening opening)
    {
        opening.Refused.Add(allocation.Local.Port);
        GiveUpPort(allocation);
        return TryWantRelay(allocation, allocation.Local.Family, opening);
    }

    /// <summary>The socket is open: from now on it is an allocation.</summary>
    public void Open(Allocation allocation, Instant expiry)
    {
        allocation.Opening = null;
        _expiries.Set(allocation, expiry);
        _counters.AllocationsMade++;
        _counters.Allocations++;
        _events.Enqueue(new TurnServerEvent.AllocationMade(allocation.Client, allocation.Account.UserId, allocation.Relayed));
    }

    public void Prolong(Allocation allocation, Instant expiry) => _expiries.Set(allocation, expiry);

    /// <summary>Ends it and forgets everything about it.</summary>
    public void End(Allocation allocation, AllocationEnd reason)
    {
        bool hadSocket = _byRelay.ContainsKey(allocation.Relay);
        GiveUpPort(allocation);
        _expiries.Remove(allocation);
        _byClient.Remove(allocation.Client);
        ulong block = AddressBlock.Of(allocation.Client.Client.Address);
        if (--_byBlock[block] == 0)
        {
            _byBlock.Remove(block);
        }

        allocation.Account.Allocations.Remove(allocation);
        _accounts.Release(allocation.Account);

        // A socket that has failed is gone already.
        if (hadSocket && reason != AllocationEnd.RelayFailed)
        {
            _events.Enqueue(new TurnServerEvent.RelayUnwanted(allocation.Relay));
        }

        if (allocation.Opening is null)
        {
            _counters.Allocations--;
            _events.Enqueue(new TurnServerEvent.AllocationEnded(allocation.Client, allocation.Account.UserId, allocation.Relayed, reason));
        }
    }

    /// <summary>All that one user has.</summary>
    public IReadOnlyList<Allocation> Of(string userId) => _accounts.Find(userId) is { } account ? [.. account.Allocations] : [];

    private bool TryWantRelay(Allocation allocation, IpFamily family, Opening opening)
    {
        RelayPorts ports = PortsOf(family)!;
        ushort port = ports.Draw(opening.Even, opening.Refused);
        if (port == 0)
        {
            return false;
        }

        ports.Hold(port, allocation);
        allocation.Relay = new RelayId(++_lastRelay);
        allocation.Local = new TransportAddress(ports.Address.Local, port);
        allocation.Relayed = new TransportAddress(ports.Address.External, port);
        _byRelay.Add(allocation.Relay, allocation);
        _events.Enqueue(new TurnServerEvent.RelayWanted(allocation.Relay, allocation.Local));
        return true;
    }

    private void GiveUpPort(Allocation allocation)
    {
        if (_byRelay.Remove(allocation.Relay))
        {
            PortsOf(allocation.Local.Family)!.Free(allocation.Local.Port);
        }
    }

    private RelayPorts? PortsOf(IpFamily family) => Array.Find(_ports, ports => ports.Address.Local.Family == family);
}
