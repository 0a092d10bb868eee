namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>
/// A WebSocket in whole messages: all that sessions know of WebSockets. Another framing can stand behind it.
/// </summary>
/// <remarks>One receive and one send may run at the same time. No method throws for what the client or the network does.</remarks>
internal interface IMessageSocket : IDisposable
{
    /// <summary>The next message. Its memory is valid until the next call.</summary>
    ValueTask<ReceivedMessage> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends one message; compressed, if that may be and was agreed on. False when the connection is gone.</summary>
    ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data, bool isBinary, bool mayCompress, CancellationToken cancellationToken);

    /// <summary>Sends the closing frame; nothing may be sent after it.</summary>
    ValueTask CloseAsync(ushort code, CancellationToken cancellationToken);

    /// <summary>Drops the connection; pending calls end.</summary>
    void Abort();
}

/// <summary>What a receive brought.</summary>
internal enum MessageKind
{
    Text,
    Binary,

    /// <summary>The client sent its closing frame.</summary>
    Closed,

    /// <summary>The connection broke, or what came was no WebSocket message.</summary>
    Failed,

    /// <summary>The message is larger than allowed; the rest of it was not read.</summary>
    TooLarge,
}

/// <summary>A received message, or the reason why there is none.</summary>
internal readonly record struct ReceivedMessage(MessageKind Kind, ReadOnlyMemory<byte> Data = default);

/// <summary>The closing codes in use (RFC 6455, section 7.4.1).</summary>
internal static class WebSocketCloseCode
{
    public const ushort NormalClosure = 1000;
    public const ushort PolicyViolation = 1008;
    public const ushort MessageTooBig = 1009;
}
