using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>A session over HTTP long-polling: the client's GET waits for packets, its POST brings them. One of each at a time.</summary>
/// <param name="session">The session.</param>
/// <param name="takesBinary">Whether a client of protocol version 3 takes payloads of octets; base64 otherwise.</param>
internal sealed class PollingTransport(EngineSession session, bool takesBinary = false) : IEngineTransport
{
    public const string TransportName = "polling";

    private const string Octets = "application/octet-stream";

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

        if (answer == PollAnswer.Refuse || TryTake(answer) is not { } packets)
        {
            await EngineError.BadRequest.WriteAsync(context);
            return;
        }

        var payload = Join(packets, out var contentType);
        await WriteAsync(context, contentType, Compress(context, payload, packets));
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
        var isOctets = string.Equals(context.Request.ContentType, Octets, StringComparison.OrdinalIgnoreCase);
        if (isOctets && session.Protocol == EngineProtocol.V4)
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
                return await HandlePayloadAsync(body.Data, isOctets) ? PostAnswer.Ok : PostAnswer.BadRequest;
        }
    }

    /// <summary>False when the payload broke the protocol; the session is closed then.</summary>
    private Task<bool> HandlePayloadAsync(Memory<byte> payload, bool isOctets)
    {
        var maxPackets = session.Options.MaxPacketsPerPayload;
        if (session.Protocol == EngineProtocol.V3)
        {
            return HandlePacketsAsync(
                new PayloadReaderV3(payload, isOctets, maxPackets), PayloadReaderV3.IsAcceptable(payload.Span, isOctets));
        }

        return HandlePacketsAsync(new PayloadReader(payload), PayloadReader.IsAcceptable(payload.Span, maxPackets));
    }

    private async Task<bool> HandlePacketsAsync<TReader>(TReader reader, bool isAcceptable)
        where TReader : struct, IPayloadReader
    {
        if (!isAcceptable)
        {
            session.End(DisconnectCause.ProtocolViolation);
            return false;
        }

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

    /// <summary>Null when the session went over to a WebSocket before this answer was put together: what waits is its now.</summary>
    private List<OutboundPacket>? TryTake(PollAnswer answer)
    {
        List<OutboundPacket> packets = [];
        lock (session.Gate)
        {
            _poll = null;
            if (IsDiscarded)
            {
                return null;
            }

            while (answer == PollAnswer.Packets && session.Outbound.TryPeek(out var packet))
            {
                // CLOSE travels alone, as the reference sends it: clients act on it at once, but on messages a moment later, and
                // would forget a DISCONNECT that came with it.
                if (packets.Count > 0 && packet == OutboundPacket.Close)
                {
                    break;
                }

                packets.Add(packet);
                session.Outbound.Remove();
                session.CountSent(packet.Data.Length);
            }

            if (packets.Count == 0)
            {
                packets.Add(session.IsClosed ? OutboundPacket.Close : OutboundPacket.Noop);
            }

            if (session.IsDraining && session.Outbound.IsEmpty)
            {
                session.FinishClose(DisconnectCause.TransportClosed);
            }

            return packets;
        }
    }

    /// <summary>Compresses a payload, unless one of its packets must not be: they are compressed together or not at all.</summary>
    private ReadOnlyMemory<byte> Compress(HttpContext context, ReadOnlyMemory<byte> payload, List<OutboundPacket> packets)
    {
        if (session.Options.HttpCompression is not { } compression)
        {
            return payload;
        }

        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (payload.Length < compression.Threshold
            || packets.Exists(static packet => packet.IsIncompressible)
            || ContentCoding.Choose(context.Request.Headers.AcceptEncoding) is not { } coding)
        {
            return payload;
        }

        context.Response.Headers.ContentEncoding = coding;
        return ContentCoding.Encode(payload.Span, coding);
    }

    private ReadOnlyMemory<byte> Join(List<OutboundPacket> packets, out string contentType)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        contentType = "text/plain; charset=UTF-8";
        if (session.Protocol == EngineProtocol.V3)
        {
            if (PayloadWriterV3.Write(payload, packets, takesBinary))
            {
                contentType = Octets;
            }
        }
        else
        {
            foreach (var packet in packets)
            {
                PayloadWriter.Append(payload, packet);
            }
        }

        return payload.WrittenMemory;
    }
}
