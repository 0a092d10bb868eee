using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Client;

/// <summary>The hosts that may send to the relayed address: which of them the server has to be told of, and when again (RFC 8656, 10).</summary>
internal sealed class PermissionTable
{
    /// <summary>A permission lasts 5 minutes (RFC 8656, section 9).</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(4);

    /// <summary>What the other side's candidates can fill it with, and no more.</summary>
    public const int MaxPermissions = 256;

    /// <summary>Refreshed together when they are due at almost the same time.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(30);

    /// <summary>So that a request fits into 548 bytes with the usual credentials (RFC 8489, 6.1), for IPv6, too.</summary>
    private const int MaxPeersPerRequest = 8;

    private readonly Dictionary<InternetAddress, Permission> _permissions = [];

    /// <summary>When the next ones are to be refreshed.</summary>
    public Instant? NextTimeout
    {
        get
        {
            Instant? next = null;
            foreach (Permission permission in _permissions.Values)
            {
                next = Instant.Earlier(next, permission.IsAsked ? null : permission.DueAt);
            }

            return next;
        }
    }

    public bool Contains(InternetAddress peer) => _permissions.ContainsKey(peer);

    /// <summary>False: there are too many.</summary>
    public bool TryAdd(Instant now, InternetAddress peer)
    {
        if (_permissions.ContainsKey(peer))
        {
            return true;
        }

        if (_permissions.Count >= MaxPermissions)
        {
            return false;
        }

        _permissions.Add(peer, new Permission { DueAt = now });
        return true;
    }

    public void Remove(InternetAddress peer) => _permissions.Remove(peer);

    /// <summary>The next request to make, if one is due.</summary>
    public TurnRequest.CreatePermission? TakeDue(Instant now)
    {
        if (NextTimeout is not { } next || next > now)
        {
            return null;
        }

        List<InternetAddress> peers = [];
        bool isAlone = false;
        foreach ((InternetAddress peer, Permission permission) in _permissions)
        {
            if (isAlone || peers.Count == MaxPeersPerRequest)
            {
                break;
            }

            if (!permission.IsAsked && permission.DueAt <= now + Together && (!permission.IsSingle || peers.Count == 0))
            {
                isAlone = permission.IsSingle;
                permission.IsAsked = true;
                peers.Add(peer);
            }
        }

        return new TurnRequest.CreatePermission(peers);
    }

    /// <summary>The server has installed them. Answers which ones are new.</summary>
    public IEnumerable<InternetAddress> HandleSuccess(Instant now, TurnRequest.CreatePermission request)
    {
        List<InternetAddress> installed = [];
        foreach (InternetAddress peer in request.Peers)
        {
            if (_permissions.TryGetValue(peer, out Permission? permission))
            {
                if (!permission.IsInstalled)
                {
                    installed.Add(peer);
                }

                permission.IsAsked = false;
                permission.IsInstalled = true;
                permission.IsSingle = false;
                permission.DueAt = now + RefreshInterval;
            }
        }

        return installed;
    }

    /// <summary>
    /// The server has refused. One bad address spoils the whole request (RFC 8656, 10.2), so each is asked for alone, until it is known
    /// which one it was. Answers which ones are refused for good.
    /// </summary>
    public IEnumerable<InternetAddress> HandleFailure(Instant now, TurnRequest.CreatePermission request, StunErrorCode? code)
    {
        List<InternetAddress> refused = [];
        foreach (InternetAddress peer in request.Peers)
        {
            if (!_permissions.TryGetValue(peer, out Permission? permission))
            {
                continue;
            }

            if (request.Peers.Count == 1 || code is null)
            {
                _permissions.Remove(peer);
                refused.Add(peer);
            }
            else
            {
                permission.IsAsked = false;
                permission.IsSingle = true;
                permission.DueAt = now;
            }
        }

        return refused;
    }

    /// <summary>A channel that is bound to the host has installed or refreshed its permission, too (RFC 8656, 12.2).</summary>
    public void HandleChannelBound(Instant now, InternetAddress peer)
    {
        if (_permissions.TryGetValue(peer, out Permission? permission) && permission.IsInstalled && !permission.IsAsked)
        {
            permission.DueAt = now + RefreshInterval;
        }
    }

    private sealed class Permission
    {
        /// <summary>When the server is to be told, for the first time or again.</summary>
        public Instant DueAt { get; set; }

        /// <summary>A request for it waits for its answer.</summary>
        public bool IsAsked { get; set; }

        public bool IsInstalled { get; set; }

        /// <summary>A request for several was refused.</summary>
        public bool IsSingle { get; set; }
    }
}
