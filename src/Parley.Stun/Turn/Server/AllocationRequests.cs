using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>What a client asks of the allocation that it has: Refresh, CreatePermission, ChannelBind (RFC 8656, sections 8, 10, 12).</summary>
internal sealed class AllocationRequests(
    TurnServerOptions options, AllocationTable table, PeerFilter peers, TurnServerCounters counters, Answers answers)
{
    private readonly HashSet<InternetAddress> _asked = [];

    /// <summary>An authenticated request whose attributes are understood.</summary>
    public void Handle(Instant now, in ReplyTo to, StunMessage request)
    {
        if (table.Find(to.Client) is not { Opening: null } allocation)
        {
            // RFC 8656, section 5: always answered. A client that gives up what is gone already takes it for done.
            answers.Error(to, StunErrorCode.AllocationMismatch);
            return;
        }

        if (!IsOwner(allocation, to.Proof!.User))
        {
            answers.Error(to, StunErrorCode.WrongCredentials);
            return;
        }

        if (to.Method == StunMethod.Refresh)
        {
            Refresh(now, to, request, allocation);
        }
        else if ((to.Method == StunMethod.CreatePermission
            ? CreatePermission(now, request, allocation)
            : BindChannel(now, request, allocation)) is { } code)
        {
            answers.Error(to, code);
        }
        else
        {
            answers.Done(to);
        }
    }

    /// <summary>
    /// RFC 8656, section 5 asks for the same user name. An ephemeral credential has another one after each renewal, so the user counts;
    /// but what has expired is good only for what was made with it.
    /// </summary>
    private static bool IsOwner(Allocation allocation, TurnUser user) =>
        user.Id == allocation.Account.UserId && (!user.HasExpired || user.Credential.Username == allocation.Username);

    /// <summary>RFC 8656, 8.2.</summary>
    private void Refresh(Instant now, in ReplyTo to, StunMessage request, Allocation allocation)
    {
        bool hasLifetime = request.Has(StunAttributeType.Lifetime);
        bool isRead = request.TryGetUInt32(StunAttributeType.Lifetime, out uint seconds);
        bool hasFamily = request.Has(StunAttributeType.RequestedAddressFamily);
        bool isFamilyRead = request.TryGetUInt32(StunAttributeType.RequestedAddressFamily, out uint family);
        if (hasLifetime != isRead || hasFamily != isFamilyRead)
        {
            answers.Error(to, StunErrorCode.BadRequest);
        }
        else if (hasFamily && (IpFamily)(family >> 24) != allocation.Relayed.Family)
        {
            answers.Error(to, StunErrorCode.PeerAddressFamilyMismatch);
        }
        else if (hasLifetime && seconds == 0)
        {
            table.End(allocation, AllocationEnd.Released);
            answers.Refreshed(to, TimeSpan.Zero);
        }
        else
        {
            TimeSpan lifetime = Lifetimes.Grant(request, options);
            table.Prolong(allocation, now + lifetime);
            answers.Refreshed(to, lifetime);
        }
    }

    /// <summary>RFC 8656, 10.2: all of the peers, or none.</summary>
    private StunErrorCode? CreatePermission(Instant now, StunMessage request, Allocation allocation)
    {
        _asked.Clear();
        foreach (StunAttribute attribute in request.Attributes)
        {
            if (attribute.Type == StunAttributeType.XorPeerAddress)
            {
                if (!request.TryReadXorAddress(attribute.Value, out TransportAddress peer))
                {
                    return StunErrorCode.BadRequest;
                }

                _asked.Add(peer.Address);
            }
        }

        if (_asked.Count == 0)
        {
            return StunErrorCode.BadRequest;
        }

        foreach (InternetAddress peer in _asked)
        {
            if (FindObjection(allocation, peer, peers.Judge(peer, allocation.Client.Client.Address) == PeerVerdict.Refused) is { } code)
            {
                return code;
            }
        }

        if (!allocation.Permissions.HasRoomFor(now, _asked))
        {
            return StunErrorCode.InsufficientCapacity;
        }

        foreach (InternetAddress peer in _asked)
        {
            allocation.Permissions.Refresh(now, peer);
        }

        return null;
    }

    /// <summary>RFC 8656, 12.2.</summary>
    private StunErrorCode? BindChannel(Instant now, StunMessage request, Allocation allocation)
    {
        if (!request.TryGetChannelNumber(out ushort number) || !ChannelData.IsChannel(number, options.OldChannels)
            || !request.TryGetXorAddress(StunAttributeType.XorPeerAddress, out TransportAddress peer) || peer.Port == 0
            || allocation.Channels.IsInConflict(now, number, peer))
        {
            return StunErrorCode.BadRequest;
        }

        PeerVerdict verdict = peers.Judge(peer, allocation.Client.Client.Address);
        bool isRefused = verdict == PeerVerdict.Refused
            || (verdict == PeerVerdict.RelaysOnly && table.FindRelayed(peer) is not { Opening: null });
        if (FindObjection(allocation, peer.Address, isRefused) is { } code)
        {
            return code;
        }

        _asked.Clear();
        _asked.Add(peer.Address);
        if (!allocation.Channels.HasRoomFor(now, number) || !allocation.Permissions.HasRoomFor(now, _asked))
        {
            return StunErrorCode.InsufficientCapacity;
        }

        allocation.Channels.Bind(now, number, peer);
        allocation.Permissions.Refresh(now, peer.Address);
        return null;
    }

    private StunErrorCode? FindObjection(Allocation allocation, InternetAddress peer, bool isRefused)
    {
        if (peer.Family != allocation.Relayed.Family)
        {
            return StunErrorCode.PeerAddressFamilyMismatch;
        }

        if (isRefused)
        {
            counters.PeersRefused++;
            return StunErrorCode.Forbidden;
        }

        return null;
    }
}
