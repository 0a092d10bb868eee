using System.Diagnostics.CodeAnalysis;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Messages;
using Parley.Stun.Transactions;

namespace Parley.Stun.Binding;

/// <summary>
/// Asks a STUN server what address it sees (RFC 8489, Binding without authentication): behind a NAT, what the world calls this socket.
/// </summary>
/// <remarks>Not thread-safe. After any call, drain <see cref="TryPollEvent"/> and <see cref="TryPollTransmit"/>, then wait for <see cref="NextTimeout"/>.</remarks>
public sealed class BindingClient(TransportProtocol transport, IRandomSource random, RetransmissionPolicy? policy = null)
{
    private StunTransaction? _transaction;
    private bool _wantsToSend;
    private BindingEvent? _event;

    /// <summary>When <see cref="HandleTimeout"/> is to be called; null: nothing pending.</summary>
    public Instant? NextTimeout => _transaction?.NextTimeout;

    /// <summary>Asks, or asks anew: an answer to an earlier question is not waited for any more.</summary>
    public void Start(Instant now)
    {
        byte[] request = new byte[StunHeader.Length];
        var id = TransactionId.Draw(random);
        // Without attributes: whoever forges a sender's address gains least from a server that answers short.
        var writer = new StunMessageWriter(request, StunMethod.Binding, StunClass.Request, id);
        writer.TryFinish(out _);
        _transaction = new StunTransaction(now, id, request, transport, policy ?? RetransmissionPolicy.Default);
        _wantsToSend = true;
        _event = null;
    }

    /// <summary>A datagram, or one frame of a stream, came from the server.</summary>
    /// <returns>Whether it was the answer; if not, it may be meant for somebody else who shares the socket.</returns>
    public bool HandleMessage(ReadOnlySpan<byte> message)
    {
        if (_transaction is null || !StunMessage.TryRead(message, out StunMessage response) || !_transaction.IsAnsweredBy(response))
        {
            return false;
        }

        // RFC 8489, section 7: a FINGERPRINT that is there has to be right.
        if (response.Has(StunAttributeType.Fingerprint) && !StunIntegrity.VerifyFingerprint(response))
        {
            return false;
        }

        End(Read(response));
        return true;
    }

    /// <summary><see cref="NextTimeout"/> has come.</summary>
    public void HandleTimeout(Instant now)
    {
        switch (_transaction?.HandleTimeout(now))
        {
            case TransactionStep.Send:
                _wantsToSend = true;
                break;
            case TransactionStep.GiveUp:
                End(new BindingEvent.Failed(null));
                break;
            default:
                break;
        }
    }

    /// <summary>What to send next; false: nothing. Valid until the next call.</summary>
    public bool TryPollTransmit(out ReadOnlySpan<byte> message)
    {
        message = _wantsToSend && _transaction is not null ? _transaction.Request.Span : default;
        _wantsToSend = false;
        return !message.IsEmpty;
    }

    /// <summary>What happened; false: nothing.</summary>
    public bool TryPollEvent([NotNullWhen(true)] out BindingEvent? happened)
    {
        happened = _event;
        _event = null;
        return happened is not null;
    }

    private static BindingEvent Read(StunMessage response)
    {
        if (StunResponses.HasUnknownAttribute(response))
        {
            return new BindingEvent.Failed(null);
        }

        if (response.Class == StunClass.ErrorResponse)
        {
            return response.TryGetErrorCode(out StunErrorCode code)
                ? new BindingEvent.Failed(code, response.TryGetAddress(StunAttributeType.AlternateServer, out TransportAddress other) ? other : null)
                : new BindingEvent.Failed(null);
        }

        // MAPPED-ADDRESS is what servers of RFC 3489 answer; NATs may have rewritten it.
        return response.TryGetXorAddress(StunAttributeType.XorMappedAddress, out TransportAddress mapped)
            || response.TryGetAddress(StunAttributeType.MappedAddress, out mapped)
            ? new BindingEvent.Mapped(mapped)
            : new BindingEvent.Failed(null);
    }

    private void End(BindingEvent happened)
    {
        _transaction = null;
        _wantsToSend = false;
        _event = happened;
    }
}

/// <summary>What a STUN server has answered.</summary>
public abstract record BindingEvent
{
    private BindingEvent()
    {
    }

    /// <summary>The address is known.</summary>
    /// <param name="Address">Where the server saw the request come from.</param>
    public sealed record Mapped(TransportAddress Address) : BindingEvent;

    /// <summary>The address is not known.</summary>
    /// <param name="Code">Null: no answer, or none that says anything.</param>
    /// <param name="Alternate">Whom the server names instead (code 300). Ask it or not, but not the same one twice within 5 minutes (RFC 8489, section 10).</param>
    public sealed record Failed(StunErrorCode? Code, TransportAddress? Alternate = null) : BindingEvent;
}
