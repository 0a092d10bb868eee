using Parley.SocketIO.Packets.MessagePack;

namespace Parley.SocketIO;

/// <summary>Chooses MessagePack.</summary>
public static class MessagePackOptionsExtensions
{
    /// <summary>
    /// Speaks MessagePack instead of JSON, as clients do whose <c>parser</c> is <c>socket.io-msgpack-parser</c>; others are not
    /// understood any more, except those of Socket.IO 2 (<see cref="SocketIOOptions.AllowEio3"/>), which speak JSON. Handlers see no
    /// difference: dates arrive as ISO 8601 text, <c>undefined</c> as null (as a member: not at all), bytes as attachments, of which
    /// a packet may still have <see cref="SocketIOOptions.MaxAttachments"/>.
    /// </summary>
    public static SocketIOOptions UseMessagePack(this SocketIOOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Parser = MessagePackParser.Instance;
        return options;
    }
}
