using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>Allocate (RFC 8656, section 7): from the request over the opening of the socket to the answer.</summary>
internal sealed class AllocateRequests(TurnServerOptions options, AllocationTable table, Answers answers, Outbox outbox)
{
    /// <summary>A driver opens a socket within milliseconds; one that never answers must not keep a port for ever.</summary>
    private static readonly TimeSpan OpeningTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Ports tried for one request before it is refused.</summary>
    private const int MaxTries = 8;

    private const byte Udp = 17;

    /// <summary>An authenticated request whose attributes are understood, but perhaps for DONT-FRAGMENT.</summary>
    public void Handle(Instant now, in ReplyTo to, StunMessage request)
    {
        TurnUser user = to.Proof!.User;
        if (table.Find(to.Client) is { } existing)
        {
            AnswerAgain(to, existing);
            return;
        }

        if (Check(request, to.Client, user, out IpFamily family, out Opening opening, to) is { } code)
        {
            if (code == StunErrorCode.UnknownAttribute)
            {
                answers.Unknown(to, [StunAttributeType.DontFragment]);
            }
            else
            {
                answers.Error(to, code);
            }

            return;
        }

        if (!table.TryAdd(now, to, user, family, opening, now + OpeningTimeout))
        {
            answers.Error(to, StunErrorCode.InsufficientCapacity);
        }
    }

    /// <summary>The socket is open: answers.</summary>
    public void HandleOpened(Instant now, Allocation allocation)
    {
        if (allocation.Opening is not { } opening)
        {
            return;
        }

        table.Open(allocation, now + opening.Lifetime);
        allocation.Answer = answers.Allocated(opening.ReplyTo, allocation.Relayed, opening.Lifetime, opening.Additional);
    }

    /// <summary>The socket could not be opened: another port, or no allocation.</summary>
    public void HandleRefused(Allocation allocation, Opening opening, bool tryAnotherPort)
    {
        if (tryAnotherPort && opening.Refused.Count + 1 < MaxTries && table.TryAnotherPort(allocation, opening))
        {
            return;
        }

        GiveUp(allocation, opening, AllocationEnd.RelayFailed);
    }

    /// <summary>The driver has said nothing of the socket for too long.</summary>
    public void HandleTimeout(Allocation allocation, Opening opening) => GiveUp(allocation, opening, AllocationEnd.Expired);

    private void GiveUp(Allocation allocation, Opening opening, AllocationEnd reason)
    {
        table.End(allocation, reason);
        answers.Error(opening.ReplyTo, StunErrorCode.InsufficientCapacity);
    }

    /// <summary>
    /// RFC 8656, 7.2, item 2: a 5-tuple has one allocation. But the same transaction again is the same request, whose answer was lost or
    /// is yet to come (RFC 8489, 6.3.1); browsers repeat theirs after 100 ms.
    /// </summary>
    private void AnswerAgain(in ReplyTo to, Allocation existing)
    {
        if (existing.Transaction != to.Transaction || existing.Account.UserId != to.Proof!.User.Id)
        {
            answers.Error(to, StunErrorCode.AllocationMismatch);
        }
        else if (!existing.Answer.IsEmpty)
        {
            Span<byte> space = outbox.Reserve(existing.Answer.Length);
            if (existing.Answer.Span.TryCopyTo(space))
            {
                outbox.ToClient(to.Client, existing.Answer.Length, isResponse: true);
            }
        }
    }

    /// <summary>RFC 8656, 7.2, items 3 to 10, in their order.</summary>
    private StunErrorCode? Check(
        StunMessage request, in FiveTuple client, TurnUser user, out IpFamily family, out Opening opening, in ReplyTo to)
    {
        family = options.DefaultFamily;
        opening = null!;
        if (!request.TryGetUInt32(StunAttributeType.RequestedTransport, out uint transport))
        {
            return StunErrorCode.BadRequest;
        }

        // TCP (RFC 6062) is not offered.
        if (transport >> 24 != Udp)
        {
            return StunErrorCode.UnsupportedTransportProtocol;
        }

        if (request.Has(StunAttributeType.DontFragment))
        {
            return StunErrorCode.UnknownAttribute;
        }

        bool hasEvenPort = request.TryGet(StunAttributeType.EvenPort, out ReadOnlySpan<byte> evenPort);
        bool hasFamily = request.Has(StunAttributeType.RequestedAddressFamily);
        bool hasAdditional = request.Has(StunAttributeType.AdditionalAddressFamily);
        if (request.Has(StunAttributeType.ReservationToken))
        {
            // No token was ever given out.
            return hasEvenPort || hasFamily || hasAdditional ? StunErrorCode.BadRequest : StunErrorCode.InsufficientCapacity;
        }

        if (hasFamily && hasAdditional)
        {
            return StunErrorCode.BadRequest;
        }

        if (hasFamily && !TryReadFamily(request, StunAttributeType.RequestedAddressFamily, out family))
        {
            return StunErrorCode.BadRequest;
        }

        if (!table.HasFamily(family))
        {
            return StunErrorCode.AddressFamilyNotSupported;
        }

        if (hasEvenPort && evenPort.Length != 1)
        {
            return StunErrorCode.BadRequest;
        }

        // R: reserve the next port, too. It was for RTP and RTCP on two ports, which WebRTC has given up; a reservation is a port
        // that nobody uses. RFC 8656, 7.2, item 8: what cannot be satisfied is 508.
        bool reserves = hasEvenPort && (evenPort[0] & 0x80) != 0;
        if (reserves)
        {
            return hasAdditional ? StunErrorCode.BadRequest : StunErrorCode.InsufficientCapacity;
        }

        StunErrorCode? additional = null;
        if (hasAdditional)
        {
            if (!TryReadFamily(request, StunAttributeType.AdditionalAddressFamily, out IpFamily second) || second != IpFamily.IPv6)
            {
                return StunErrorCode.BadRequest;
            }

            // One allocation has one address here. RFC 8656, 7.2: the one that can be had is given, and why the other is not is said.
            additional = table.HasFamily(IpFamily.IPv6) ? StunErrorCode.InsufficientCapacity : StunErrorCode.AddressFamilyNotSupported;
        }

        if (request.Has(StunAttributeType.Lifetime) && !request.TryGetUInt32(StunAttributeType.Lifetime, out _))
        {
            return StunErrorCode.BadRequest;
        }

        opening = new Opening(to, Lifetimes.Grant(request, options), hasEvenPort, additional);
        return table.FindQuota(user, client.Client.Address);
    }

    private static bool TryReadFamily(StunMessage request, StunAttributeType type, out IpFamily family)
    {
        bool read = request.TryGetUInt32(type, out uint value);
        family = (IpFamily)(value >> 24);
        return read;
    }
}
