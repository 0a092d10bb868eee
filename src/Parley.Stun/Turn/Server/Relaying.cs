using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>The data itself, both ways (RFC 8656, sections 11 and 12). Nothing here is left to the garbage collector.</summary>
internal sealed class Relaying(
    TurnLimits limits, AllocationTable table, PeerFilter peers, TurnServerCounters counters, Outbox outbox, IRandomSource random)
{
    /// <summary>A Data indication around the data: header, XOR-PEER-ADDRESS of IPv6, DATA's own header, padding.</summary>
    private const int IndicationOverhead = 20 + 24 + 4 + 3;

    public void HandleChannelData(Instant now, in FiveTuple client, ushort channel, ReadOnlySpan<byte> data)
    {
        if (table.Find(client) is not { Opening: null } allocation)
        {
            counters[TurnDrop.NoAllocation]++;
        }
        else if (!allocation.Channels.TryFindPeer(now, channel, out TransportAddress peer))
        {
            counters[TurnDrop.NoChannel]++;
        }
        else
        {
            SendToPeer(now, allocation, peer, data);
        }
    }

    /// <summary>RFC 8656, 11.2: whatever is wrong with a Send indication, nobody is told.</summary>
    public void HandleSend(Instant now, in FiveTuple client, StunMessage indication)
    {
        TransportAddress peer = default;
        ReadOnlySpan<byte> data = default;
        bool hasPeer = false;
        bool hasData = false;
        foreach (StunAttribute attribute in indication.Attributes)
        {
            if (attribute.Type == StunAttributeType.Data && !hasData)
            {
                data = attribute.Value;
                hasData = true;
            }
            else if (attribute.Type == StunAttributeType.XorPeerAddress && !hasPeer)
            {
                hasPeer = indication.TryReadXorAddress(attribute.Value, out peer);
            }
            else if (attribute.IsComprehensionRequired && !UnknownAttributes.IsUnderstood(attribute.Type))
            {
                hasPeer = false;
                break;
            }
        }

        if (!hasPeer || !hasData || peer.Port == 0)
        {
            counters[TurnDrop.Malformed]++;
        }
        else if (table.Find(client) is not { Opening: null } allocation)
        {
            counters[TurnDrop.NoAllocation]++;
        }
        else
        {
            SendToPeer(now, allocation, peer, data);
        }
    }

    /// <summary>RFC 8656, 11.3 and 12.7: a datagram came to the relayed address.</summary>
    public void HandleRelayed(Instant now, RelayId relay, in TransportAddress peer, ReadOnlySpan<byte> data)
    {
        if (table.Find(relay) is not { Opening: null } allocation)
        {
            counters[TurnDrop.NoAllocation]++;
        }
        else if (data.Length > limits.MaxPayload)
        {
            counters[TurnDrop.TooLarge]++;
        }
        else if (peer.Port == 0 || !allocation.Permissions.Has(now, peer.Address))
        {
            counters[TurnDrop.NoPermission]++;
        }
        else
        {
            SendToClient(now, allocation, peer, data);
        }
    }

    private void SendToPeer(Instant now, Allocation allocation, in TransportAddress peer, ReadOnlySpan<byte> data)
    {
        if (data.Length > limits.MaxPayload)
        {
            counters[TurnDrop.TooLarge]++;
            return;
        }

        if (!allocation.Permissions.Has(now, peer.Address))
        {
            counters[TurnDrop.NoPermission]++;
            return;
        }

        // What was allowed when the permission was made need not be now: relays come and go.
        Allocation? neighbour = table.FindRelayed(peer);
        PeerVerdict verdict = peers.Judge(peer, allocation.Client.Client.Address);
        if (verdict == PeerVerdict.Refused || (verdict == PeerVerdict.RelaysOnly && neighbour is not { Opening: null }))
        {
            counters[TurnDrop.ForbiddenPeer]++;
            return;
        }

        if (!allocation.TrySendToPeer(now, data.Length))
        {
            counters[TurnDrop.RateLimit]++;
            return;
        }

        if (neighbour is { Opening: null })
        {
            CountToPeer(data.Length);
            HandOver(now, allocation, neighbour, data);
            return;
        }

        Span<byte> space = outbox.Reserve(data.Length);
        if (space.Length == data.Length)
        {
            data.CopyTo(space);
            outbox.ToPeer(allocation.Relay, peer, data.Length);
            CountToPeer(data.Length);
        }
    }

    /// <summary>
    /// Both ends are relayed here. Clouds do not send a machine's public address back to it, so that a datagram would be lost on the way;
    /// and it would be two system calls for nothing.
    /// </summary>
    private void HandOver(Instant now, Allocation from, Allocation to, ReadOnlySpan<byte> data)
    {
        // The receiver knows the sender by the address that the world sees, or by the machine's own.
        if (to.Permissions.Has(now, from.Relayed.Address))
        {
            SendToClient(now, to, from.Relayed, data);
        }
        else if (to.Permissions.Has(now, from.Local.Address))
        {
            SendToClient(now, to, from.Local, data);
        }
        else
        {
            counters[TurnDrop.NoPermission]++;
        }
    }

    private void SendToClient(Instant now, Allocation allocation, in TransportAddress peer, ReadOnlySpan<byte> data)
    {
        if (!allocation.TrySendToClient(now, data.Length))
        {
            counters[TurnDrop.RateLimit]++;
            return;
        }

        Span<byte> space = outbox.Reserve(data.Length + IndicationOverhead);
        if (space.IsEmpty)
        {
            return;
        }

        int length = allocation.Channels.TryFindNumber(now, peer, out ushort channel)
            ? ChannelData.Write(space, channel, data, padded: allocation.Client.Protocol != TransportProtocol.Udp)
            : WriteIndication(space, peer, data);
        outbox.ToClient(allocation.Client, length, isResponse: false);
        counters.PacketsToClients++;
        counters.BytesToClients += data.Length;
    }

    private int WriteIndication(Span<byte> space, in TransportAddress peer, ReadOnlySpan<byte> data)
    {
        var writer = new StunMessageWriter(space, StunMethod.Data, StunClass.Indication, TransactionId.Draw(random));
        writer.AddXorAddress(StunAttributeType.XorPeerAddress, peer);
        writer.Add(StunAttributeType.Data, data);
        writer.TryFinish(out int length);
        return length;
    }

    private void CountToPeer(int bytes)
    {
        counters.PacketsToPeers++;
        counters.BytesToPeers += bytes;
    }
}
