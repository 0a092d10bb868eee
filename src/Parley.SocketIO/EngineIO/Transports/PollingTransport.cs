using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>A session over HTTP long-polling: the client's GET waits for packets, its POST brings them. One of each at a time.</summary>
internal sealed class PollingTransport(EngineSession session) : IEngineTransport
{
    public const string TransportName = "polling";

    private TaskCompletionSource<PollAnswer>? _poll;
    private bool _posting;

    private enum PollAnswer
    {
        /// <summary>Whatever waits; a NOOP when nothing does any more.</summary>
        Packets,

        /// <summary>The session is over: CLOSE.</summary>
        Close,

        /// <summary>The session left polling: an error.</summary>
        Refuse,
    }

    private enum PostAnswer
    {
        Ok,
        TooLarge,
        BadRequest,
    }

    public string Name => TransportName;

    public bool IsWritable => _poll is { Task.IsCompleted: false };

    /// <summary>Under the gate: whether the session has left polling.</summary>
    private bool IsDiscarded => !ReferenceEquals(session.Transport, this);

    public void Flush() => _poll?.TrySetResult(PollAnswer.Packets);

    /// <summary>Under the gate: lets a waiting poll go, with a NOOP if there is nothing else.</summary>
    public void Release() => _poll?.TrySetResult(PollAnswer.Packets);

    /// <summary>
    /// Under the gate: the session goes on over a WebSocket. A client that upgrades has no poll open by then; one that does gets
    /// an error instead of packets that belong to the WebSocket now.
    /// </summary>
    public void Discard() => _poll?.TrySetResult(PollAnswer.Refuse);

    public void Abort(DisconnectCause cause) => _poll?.TrySetResult(PollAnswer.Close);

    /// <summary>A GET: answered when there is something to send.</summary>
    public async Task HandlePollAsync(HttpContext context)
    {
        TaskCompletionSource<PollAnswer>? poll = null;
        EngineError? error = null;
        lock (session.Gate)
        {
            // Since the request was verified the session may have ended or gone over to a WebSocket: nobody would answer then.
            error = session.IsClosed ? EngineError.SessionUnknown : IsDiscarded ? EngineError.BadRequest : null;
            if (error is null && _poll is null)
            {
                poll = _poll = new TaskCompletionSource<PollAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
                if (!session.Outbound.IsEmpty)
                {
                    Flush();
                }
            }
        }

        if (error is not null)
        {
            await error.WriteAsync(context);
            return;
        }

        if (poll is null)
        {
            session.End(DisconnectCause.TransportFailed);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        PollAnswer answer;
        using (context.RequestAborted.UnsafeRegister(static s => ((EngineSession)s!).End(DisconnectCause.TransportFailed), session))
        {
            answer = await poll.Task;
        }

        var payload = new ArrayBufferWriter<byte>(256);
        if (answer == PollAnswer.Refuse || !TryTake(answer, payload))
        {
            await EngineError.BadRequest.WriteAsync(context);
            return;
        }

        await WriteAsync(context, "text/plain; charset=UTF-8", payload.WrittenMemory);
        if (context.RequestAborted.IsCancellationRequested)
        {
            // What was taken for this answer is lost, so the session cannot go on.
            session.End(DisconnectCause.TransportFailed);
        }
    }

    /// <summary>A POST: its packets are handled before it is answered, so a slow handler slows its client down.</summary>
    public async Task HandlePostAsync(HttpContext context)
    {
        if (!TryBeginPost())
        {
            session.End(DisconnectCause.TransportFailed);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        PostAnswer answer;
        try
        {
            answer = await ReceivePayloadAsync(context);
        }
        finally
        {
            // Before the answer leaves: the client may send its next POST the moment it reads it, on another connection.
            lock (session.Gate)
            {
                _posting = false;
            }
        }

        switch (answer)
        {
            case PostAnswer.Ok:
                await WriteAsync(context, "text/html", "ok"u8.ToArray());
                break;

            case PostAnswer.TooLarge:
                // Empty, as the reference answers; the client closes the session itself.
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                break;

            default:
                await EngineError.BadRequest.WriteAsync(context);
                break;
        }
    }

    private static async Task WriteAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client hung up; whoever called looks at RequestAborted.
        }
    }

    private bool TryBeginPost()
    {
        lock (session.Gate)
        {
            return !_posting && (_posting = true);
        }
    }

    private async Task<PostAnswer> ReceivePayloadAsync(HttpContext context)
    {
        if (string.Equals(context.Request.ContentType, "application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            // Binary payloads went away with version 4.
            session.End(DisconnectCause.ProtocolViolation);
            return PostAnswer.BadRequest;
        }

        using var body = await RequestBody.ReadAsync(context, session.Options.MaxPayloadBytes);
        switch (body.Outcome)
        {
            case RequestBodyOutcome.TooLarge:
                return PostAnswer.TooLarge;

            case RequestBodyOutcome.Aborted:
                // Nobody reads the answer when the client has gone; when the body broke HTTP's rules, or came too slowly, somebody may.
                session.End(DisconnectCause.TransportFailed);
                return PostAnswer.BadRequest;

            default:
                return await HandlePayloadAsync(body.Data) ? PostAnswer.Ok : PostAnswer.BadRequest;
        }
    }

    /// <summary>False when the payload broke the protocol; the session is closed then.</summary>
    private async Task<bool> HandlePayloadAsync(Memory<byte> payload)
    {
        if (!PayloadReader.IsAcceptable(payload.Span, session.Options.MaxPacketsPerPayload))
        {
            session.End(DisconnectCause.ProtocolViolation);
            return false;
        }

        var reader = new PayloadReader(payload);
        while (reader.TryRead(out var packet, out var isBinary))
        {
            if (packet is null)
            {
                session.End(DisconnectCause.ProtocolViolation);
                return false;
            }

            if (!await session.HandlePacketAsync(packet.Value, isBinary))
            {
                // Ended by this packet or before it. A CLOSE, or an end that came from the server, is no fault of the payload.
                return session.EndCause != DisconnectCause.ProtocolViolation;
            }
        }

        return true;
    }

    /// <summary>False when the session went over to a WebSocket before this answer was put together: what waits is its now.</summary>
    private bool TryTake(PollAnswer answer, ArrayBufferWriter<byte> payload)
    {
        lock (session.Gate)
        {
            _poll = null;
            if (IsDiscarded)
            {
                return false;
            }

            while (answer == PollAnswer.Packets && session.Outbound.TryPeek(out var packet))
            {
                // CLOSE travels alone, as the reference sends it: clients act on it at once, but on messages a moment later, and
                // would forget a DISCONNECT that came with it.
                if (payload.WrittenCount > 0 && packet == OutboundPacket.Close)
                {
                    break;
                }

                PayloadWriter.Append(payload, packet);
                session.Outbound.Remove();
                session.CountSent(packet.Data.Length);
            }

            if (payload.WrittenCount == 0)
            {
                PayloadWriter.Append(payload, session.IsClosed ? OutboundPacket.Close : OutboundPacket.Noop);
            }

            if (session.IsDraining && session.Outbound.IsEmpty)
            {
                session.FinishClose(DisconnectCause.TransportClosed);
            }

            return true;
        }
    }
}
