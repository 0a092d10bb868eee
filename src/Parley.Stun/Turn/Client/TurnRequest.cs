using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Client;

/// <summary>What a TURN client asks of its server: what has to be known to write it, and to write it again with another nonce.</summary>
internal abstract record TurnRequest
{
    /// <summary>UDP, by its number among the IP protocols.</summary>
    private const byte Udp = 17;

    private TurnRequest()
    {
    }

    public abstract StunMethod Method { get; }

    public abstract void WriteAttributes(ref StunMessageWriter writer);

    /// <summary>A relayed address (RFC 8656, 7.1).</summary>
    public sealed record Allocate(IpFamily Family, TimeSpan? Lifetime) : TurnRequest
    {
        public override StunMethod Method => StunMethod.Allocate;

        public override void WriteAttributes(ref StunMessageWriter writer)
        {
            writer.AddRequestedTransport(Udp);
            if (Lifetime is { } lifetime)
            {
                writer.AddUInt32(StunAttributeType.Lifetime, (uint)lifetime.TotalSeconds);
            }

            if (Family != IpFamily.None)
            {
                writer.AddFamily(StunAttributeType.RequestedAddressFamily, Family);
            }
        }
    }

    /// <summary>Keeps the allocation, or gives it up with a lifetime of 0 (RFC 8656, 8.1).</summary>
    public sealed record Refresh(TimeSpan? Lifetime) : TurnRequest
    {
        public override StunMethod Method => StunMethod.Refresh;

        public override void WriteAttributes(ref StunMessageWriter writer)
        {
            if (Lifetime is { } lifetime)
            {
                writer.AddUInt32(StunAttributeType.Lifetime, (uint)lifetime.TotalSeconds);
            }
        }
    }

    /// <summary>Lets these hosts send (RFC 8656, 10.1).</summary>
    public sealed record CreatePermission(IReadOnlyList<InternetAddress> Peers) : TurnRequest
    {
        public override StunMethod Method => StunMethod.CreatePermission;

        public override void WriteAttributes(ref StunMessageWriter writer)
        {
            foreach (InternetAddress peer in Peers)
            {
                // The port is not looked at (RFC 8656, 10.2).
                writer.AddXorAddress(StunAttributeType.XorPeerAddress, new TransportAddress(peer, 0));
            }
        }
    }

    /// <summary>A short name for a peer (RFC 8656, 12.1).</summary>
    public sealed record ChannelBind(TransportAddress Peer, ushort Channel) : TurnRequest
    {
        public override StunMethod Method => StunMethod.ChannelBind;

        public override void WriteAttributes(ref StunMessageWriter writer)
        {
            writer.AddChannelNumber(Channel);
            writer.AddXorAddress(StunAttributeType.XorPeerAddress, Peer);
        }
    }
}
