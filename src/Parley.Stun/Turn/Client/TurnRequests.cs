using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Messages;
using Parley.Stun.Transactions;

namespace Parley.Stun.Turn.Client;

/// <summary>
/// The requests that wait for an answer: signs and repeats them, sends them again with a new nonce, and lets through only answers that
/// the server has written.
/// </summary>
internal sealed class TurnRequests(TurnClientOptions options, IRandomSource random)
{
    /// <summary>A request with the longest user name, realm and nonce there may be.</summary>
    private const int MaxRequestLength = 2_560;

    /// <summary>How often one request is sent again because its nonce is stale: a server that finds every nonce stale ends it.</summary>
    private const int MaxStaleNonces = 3;

    private readonly LongTermAuthentication _authentication = new(options.Username, options.Password);
    private readonly List<Pending> _pending = [];
    private readonly Queue<ReadOnlyMemory<byte>> _toSend = [];

    /// <summary>When <see cref="TryHandleTimeout"/> is to be called.</summary>
    public Instant? NextTimeout
    {
        get
        {
            Instant? next = null;
            foreach (Pending pending in _pending)
            {
                next = Instant.Earlier(next, pending.Transaction.NextTimeout);
            }

            return next;
        }
    }

    /// <summary>Whether something is on its way that the server may grant.</summary>
    public bool HasSigned => _pending.Exists(pending => pending.IsSigned);

    public void Send(Instant now, TurnRequest request) => Send(now, request, stale: 0);

    /// <summary>Waits for no answer any more and sends nothing that was not sent yet.</summary>
    public void Clear()
    {
        _pending.Clear();
        _toSend.Clear();
    }

    /// <summary>Looks at an answer. False: it answers nothing here, or is not to be believed, or the request was sent again.</summary>
    public bool TryHandleResponse(Instant now, StunMessage response, out TurnAnswer answer)
    {
        answer = default;
        int at = 0;
        while (at < _pending.Count && !_pending[at].Transaction.IsAnsweredBy(response))
        {
            at++;
        }

        if (at == _pending.Count)
        {
            return false;
        }

        Pending pending = _pending[at];
        bool isError = response.Class == StunClass.ErrorResponse;
        StunErrorCode? code = isError && response.TryGetErrorCode(out StunErrorCode given) ? given : null;
        bool isChallenge = code is StunErrorCode.Unauthenticated or StunErrorCode.StaleNonce;
        // RFC 8489, 9.2.5: an answer to a signed request that is not signed never happened; challenges cannot be signed.
        bool isBelieved = !pending.IsSigned || isChallenge || _authentication.IsFromServer(response);
        if (!isBelieved && options.Transport == TransportProtocol.Udp)
        {
            return false;
        }

        _pending.RemoveAt(at);
        // Over a stream nobody else could have written it, and nothing will be repeated: the transaction has failed.
        if (!isBelieved || StunResponses.HasUnknownAttribute(response) || (isError && code is null))
        {
            answer = new TurnAnswer(pending.Request, IsSuccess: false, Code: null);
            return true;
        }

        if (isChallenge && MayTryAgain(pending, code, response) && _authentication.HandleChallenge(response))
        {
            Send(now, pending.Request, pending.IsSigned ? pending.Stale + 1 : pending.Stale);
            return false;
        }

        answer = new TurnAnswer(pending.Request, !isError, code);
        return true;
    }

    /// <summary>Repeats what is due and gives up what nobody answers.</summary>
    public bool TryHandleTimeout(Instant now, out TurnAnswer answer)
    {
        answer = default;
        for (int at = 0; at < _pending.Count; at++)
        {
            switch (_pending[at].Transaction.HandleTimeout(now))
            {
                case TransactionStep.Send:
                    _toSend.Enqueue(_pending[at].Transaction.Request);
                    break;
                case TransactionStep.GiveUp:
                    answer = new TurnAnswer(_pending[at].Request, IsSuccess: false, Code: null);
                    _pending.RemoveAt(at);
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    public bool TryPollTransmit(out ReadOnlySpan<byte> message)
    {
        bool found = _toSend.TryDequeue(out ReadOnlyMemory<byte> next);
        message = next.Span;
        return found;
    }

    /// <summary>
    /// RFC 8489, 9.2.5: not with what was refused already. A second 401 means that the password is wrong; a stale nonce is answered by the
    /// new one.
    /// </summary>
    private static bool MayTryAgain(Pending pending, StunErrorCode? code, StunMessage response) => code == StunErrorCode.Unauthenticated
        ? !pending.IsSigned
        : pending.IsSigned && pending.Stale < MaxStaleNonces && response.Has(StunAttributeType.Nonce);

    private void Send(Instant now, TurnRequest request, int stale)
    {
        Span<byte> space = stackalloc byte[MaxRequestLength];
        var id = TransactionId.Draw(random);
        var writer = new StunMessageWriter(space, request.Method, StunClass.Request, id);
        request.WriteAttributes(ref writer);
        _authentication.Sign(ref writer);
        if (writer.TryFinish(out int length))
        {
            byte[] bytes = space[..length].ToArray();
            var transaction = new StunTransaction(now, id, bytes, options.Transport, options.Retransmission);
            _pending.Add(new Pending(transaction, request, _authentication.IsReady, stale));
            _toSend.Enqueue(bytes);
        }
    }

    private sealed record Pending(StunTransaction Transaction, TurnRequest Request, bool IsSigned, int Stale);
}

/// <summary>How a request has ended.</summary>
/// <param name="Request">Which.</param>
/// <param name="IsSuccess">The answer is a success, signed if the request was.</param>
/// <param name="Code">Of an error; null: no answer, or none that can be understood.</param>
internal readonly record struct TurnAnswer(TurnRequest Request, bool IsSuccess, StunErrorCode? Code);
