namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>What a <see cref="MessagePackReader"/> stands at.</summary>
internal enum MessagePackKind
{
    Nil,
    False,
    True,

    /// <summary>A whole number that a <c>long</c> holds.</summary>
    Integer,

    /// <summary>A whole number above those.</summary>
    LargeInteger,
    Float,
    String,
    Binary,
    Extension,
    Array,
    Map,
}
