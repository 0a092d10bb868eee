using System.Buffers.Binary;

namespace Parley.Stun.Messages;

/// <summary>Walks through the attributes of a message that count, in order: see <see cref="StunMessage"/>.</summary>
public ref struct StunAttributeEnumerator
{
    private readonly ReadOnlySpan<byte> _message;
    private int _next;
    private Seal _seal;

    internal StunAttributeEnumerator(ReadOnlySpan<byte> message)
    {
        _message = message;
        _next = StunHeader.Length;
    }

    /// <summary>What protects everything before it; each may be followed by later ones only.</summary>
    private enum Seal
    {
        None,
        Integrity,
        IntegritySha256,
        Fingerprint,
    }

    /// <summary>The attribute that <see cref="MoveNext"/> has found.</summary>
    public StunAttribute Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly StunAttributeEnumerator GetEnumerator() => this;

    /// <summary>To the next attribute that counts; false if there is none.</summary>
    public bool MoveNext()
    {
        // The message's framing was checked when it was read.
        while (_next < _message.Length)
        {
            int offset = _next;
            ReadOnlySpan<byte> rest = _message[offset..];
            var type = (StunAttributeType)BinaryPrimitives.ReadUInt16BigEndian(rest);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            _next += StunHeader.AttributeHeaderLength + StunHeader.Padded(length);

            Seal seal = SealOf(type);
            if (_seal != Seal.None && seal <= _seal)
            {
                continue;
            }

            _seal = seal == Seal.None ? _seal : seal;
            Current = new StunAttribute(type, rest.Slice(StunHeader.AttributeHeaderLength, length), offset);
            return true;
        }

        return false;
    }

    private static Seal SealOf(StunAttributeType type) => type switch
    {
        StunAttributeType.MessageIntegrity => Seal.Integrity,
        StunAttributeType.MessageIntegritySha256 => Seal.IntegritySha256,
        StunAttributeType.Fingerprint => Seal.Fingerprint,
        _ => Seal.None,
    };
}
