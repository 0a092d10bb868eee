namespace Parley.SocketIO;

/// <summary>
/// Settings of permessage-deflate (RFC 7692): compressed WebSocket messages, with clients that offer it. What a client sends is
/// bounded by <see cref="SocketIOOptions.MaxPayloadBytes"/> after it has been inflated.
/// </summary>
/// <remarks>Set as <see cref="SocketIOOptions.PerMessageDeflate"/>, and validated with it.</remarks>
public sealed record PerMessageDeflateOptions
{
    /// <summary>Messages to clients with fewer bytes than this are sent as they are. 0 to 1 GiB; default 1024, as in the reference.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>
    /// Whether what is sent is compressed with the help of the messages before it. That saves bytes, costs the memory of a
    /// window for each connection, and lets more secrets be guessed from sizes. Default: no, unlike the reference.
    /// </summary>
    public bool ContextTakeover { get; set; }

    /// <summary>
    /// Size of the window in which the server looks for repetitions, as a power of two in bytes; more saves bytes and costs memory.
    /// 9 to 15; default 15, which is 32 KiB.
    /// </summary>
    public int WindowBits { get; set; } = 15;
}

/// <summary>
/// Settings of compressed answers to polls, by gzip or deflate (RFC 9110, section 8.4.1), as the client's <c>Accept-Encoding</c> asks.
/// What clients send may not be compressed.
/// </summary>
/// <remarks>Set as <see cref="SocketIOOptions.HttpCompression"/>, and validated with it.</remarks>
public sealed record HttpCompressionOptions
{
    /// <summary>Answers with fewer bytes than this are sent as they are. 0 to 1 GiB; default 1024, as in the reference.</summary>
    public int Threshold { get; set; } = 1024;
}
