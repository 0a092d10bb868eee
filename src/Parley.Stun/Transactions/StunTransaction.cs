using System.Buffers.Binary;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Transactions;

/// <summary>A request that waits for its answer: the same bytes again and again, until it is given up (RFC 8489, 6.2).</summary>
/// <remarks>It has been sent once when it is made; its owner sends it whenever <see cref="HandleTimeout"/> says so.</remarks>
public sealed class StunTransaction
{
    private readonly RetransmissionPolicy _policy;
    private readonly TransportProtocol _transport;
    private int _sends = 1;

    /// <summary>A request that is sent now.</summary>
    /// <param name="now">When it is sent for the first time.</param>
    /// <param name="id">As in the request.</param>
    /// <param name="request">The whole message; not copied.</param>
    /// <param name="transport">Over UDP it is repeated.</param>
    /// <param name="policy">How often and how long.</param>
    public StunTransaction(Instant now, TransactionId id, ReadOnlyMemory<byte> request, TransportProtocol transport, RetransmissionPolicy policy)
    {
        Id = id;
        Request = request;
        _transport = transport;
        _policy = policy;
        NextTimeout = now + policy.WaitAfter(_sends, transport);
    }

    /// <summary>Its answer carries the same.</summary>
    public TransactionId Id { get; }

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<byte> Request { get; }

    /// <summary>When <see cref="HandleTimeout"/> has something to say.</summary>
    public Instant NextTimeout { get; private set; }

    /// <summary>Whether this is an answer to it; whether it may be believed is for the caller to check.</summary>
    public bool IsAnsweredBy(StunMessage message) =>
        message.TransactionId == Id && message.Method == MethodOf(Request.Span)
        && (message.Class is StunClass.SuccessResponse or StunClass.ErrorResponse);

    /// <summary>What is to be done at <paramref name="now"/>. Late calls send once, however many times were missed.</summary>
    public TransactionStep HandleTimeout(Instant now)
    {
        if (now < NextTimeout)
        {
            return TransactionStep.Wait;
        }

        if (_sends >= _policy.SendsOver(_transport))
        {
            return TransactionStep.GiveUp;
        }

        _sends++;
        NextTimeout = now + _policy.WaitAfter(_sends, _transport);
        return TransactionStep.Send;
    }

    private static StunMethod MethodOf(ReadOnlySpan<byte> request) =>
        StunMessageType.From(BinaryPrimitives.ReadUInt16BigEndian(request)).Method;
}

/// <summary>What a request that waits for its answer needs.</summary>
public enum TransactionStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>To be sent again.</summary>
    Send,

    /// <summary>Nobody answers: the transaction has failed.</summary>
    GiveUp,
}
