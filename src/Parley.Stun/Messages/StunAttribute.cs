namespace Parley.Stun.Messages;

/// <summary>An attribute of a received message.</summary>
public readonly ref struct StunAttribute
{
    internal StunAttribute(StunAttributeType type, ReadOnlySpan<byte> value, int offset)
    {
        Type = type;
        Value = value;
        Offset = offset;
    }

    /// <summary>What it means.</summary>
    public StunAttributeType Type { get; }

    /// <summary>Without the padding, which may hold anything.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Where it begins in the message.</summary>
    internal int Offset { get; }

    /// <summary>Whether a receiver who does not know it must not act on the message (RFC 8489, section 14).</summary>
    public bool IsComprehensionRequired => (ushort)Type < 0x8000;
}
