using System.Buffers;
using System.Net.WebSockets;

namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>The framing of ASP.NET Core's WebSocket, and its compression.</summary>
/// <param name="socket">The WebSocket. It inflates no more at a time than it is given room for.</param>
/// <param name="maxMessageBytes">The largest message that is taken, in bytes after inflation.</param>
/// <param name="compressionThreshold">The smallest message that is sent compressed, if compression was agreed on, in bytes.</param>
internal sealed class AspNetMessageSocket(WebSocket socket, int maxMessageBytes, int compressionThreshold = int.MaxValue)
    : IMessageSocket
{
    private const int FirstBufferBytes = 4096;

    private byte[]? _buffer;

    public async ValueTask<ReceivedMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Most connections are idle most of the time: an empty read waits for data without holding a buffer.
            ReturnBuffer();
            var received = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            var buffer = _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
            var length = 0;
            while (true)
            {
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return new(MessageKind.Closed);
                }

                if (length > maxMessageBytes)
                {
                    return new(MessageKind.TooLarge);
                }

                if (received.EndOfMessage)
                {
                    var kind = received.MessageType == WebSocketMessageType.Text ? MessageKind.Text : MessageKind.Binary;
                    return new(kind, buffer.AsMemory(0, length));
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }

                received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            }
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            return new(MessageKind.Failed);
        }
    }

    public async ValueTask<bool> SendAsync(
        ReadOnlyMemory<byte> data, bool isBinary, bool mayCompress, CancellationToken cancellationToken)
    {
        try
        {
            var type = isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            var flags = mayCompress && data.Length >= compressionThreshold
                ? WebSocketMessageFlags.EndOfMessage
                : WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression;
            await socket.SendAsync(data, type, flags, cancellationToken);
            return true;
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            return false;
        }
    }

    public async ValueTask CloseAsync(ushort code, CancellationToken cancellationToken)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, statusDescription: null, cancellationToken);
            }
        }
        catch (Exception e) when (IsConnectionLoss(e))
        {
            // The client did not wait for our goodbye.
        }
    }

    public void Abort() => socket.Abort();

    public void Dispose()
    {
        ReturnBuffer();
        socket.Dispose();
    }

    // What ASP.NET's WebSocket throws when the peer resets, breaks the framing, or the call is cancelled.
    private static bool IsConnectionLoss(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException;

    private byte[] Grow(byte[] full, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(full);
        return _buffer = larger;
    }

    private void ReturnBuffer()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
