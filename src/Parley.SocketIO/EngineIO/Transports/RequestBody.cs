using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>How the reading of a body ended.</summary>
internal enum RequestBodyOutcome
{
    Complete,
    TooLarge,
    Aborted,
}

/// <summary>The whole body of a POST, in a rented buffer, counted while it is read: a client's Content-Length is only a claim.</summary>
internal readonly struct RequestBody : IDisposable
{
    private const int FirstBufferBytes = 4096;

    private readonly byte[]? _buffer;

    private RequestBody(RequestBodyOutcome outcome, byte[]? buffer, int length)
    {
        _buffer = buffer;
        Outcome = outcome;
        Data = buffer.AsMemory(0, length);
    }

    public RequestBodyOutcome Outcome { get; }

    public Memory<byte> Data { get; }

    public static async Task<RequestBody> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Request.ContentLength > maxBytes)
        {
            return new(RequestBodyOutcome.TooLarge, null, 0);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            serverLimit.MaxRequestBodySize = null;
        }

        // Grows with what has come, not with what was announced: announcing costs a stranger nothing.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(FirstBufferBytes, context.Request.ContentLength ?? FirstBufferBytes) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
                length += read;
                if (length > maxBytes)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return new(RequestBodyOutcome.TooLarge, null, 0);
                }

                if (read == 0)
                {
                    return new(RequestBodyOutcome.Complete, buffer, length);
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionAbortedException or BadHttpRequestException)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return new(RequestBodyOutcome.Aborted, null, 0);
        }
    }

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
