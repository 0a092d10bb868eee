namespace Parley.SocketIO;

/// <summary>
/// How packets become messages of the transport, and back. Client and server must use the same. Set
/// <see cref="SocketIOOptions.Parser"/> to one of your own.
/// </summary>
/// <remarks>One parser serves all connections, from several threads at a time.</remarks>
public interface IPacketParser
{
    /// <summary>Writes a packet as one or more messages.</summary>
    /// <param name="packet">The packet. Its JSON is only lent; its attachments may be kept.</param>
    /// <param name="messages">Takes the messages.</param>
    void Encode(in PacketContent packet, EncodedPacket messages);

    /// <summary>The reader of one new connection.</summary>
    /// <param name="options">The bounds that it keeps.</param>
    IPacketDecoder CreateDecoder(SocketIOOptions options);
}

/// <summary>Reads the packets of one connection from its messages, one message at a time.</summary>
/// <remarks>
/// What it returns is checked against the protocol and the bounds of <see cref="SocketIOOptions"/> before anybody sees it; its own part is
/// to spend no more work or memory on a message than its length and those bounds allow. Should it throw, the connection is
/// closed as after a violation, and an error is logged.
/// </remarks>
public interface IPacketDecoder
{
    /// <summary>Reads one message.</summary>
    /// <param name="message">The message, without Engine.IO's type digit. Only lent: what is kept beyond the call must be copied.</param>
    /// <param name="isBinary">Whether it came as binary; else it is UTF-8.</param>
    /// <param name="packet">
    /// The packet, when there is one. Its JSON may lie in the message, which is copied then; its attachments may not.
    /// </param>
    DecodeResult Read(ReadOnlyMemory<byte> message, bool isBinary, out PacketContent packet);
}

/// <summary>What a decoder made of a message.</summary>
public enum DecodeResult
{
    /// <summary>A whole packet.</summary>
    Packet,

    /// <summary>The beginning or the middle of a packet, of which at most <see cref="SocketIOOptions.MaxAttachments"/> messages are to come.</summary>
    AttachmentsPending,

    /// <summary>A violation of the protocol or of a bound: the connection must be closed.</summary>
    Violation,
}
