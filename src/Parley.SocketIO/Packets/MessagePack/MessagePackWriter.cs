using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>Writes MessagePack, each value in its shortest form, as the clients' own encoder does.</summary>
internal readonly struct MessagePackWriter(IBufferWriter<byte> output)
{
    public void Nil() => Byte(0xc0);

    public void Boolean(bool value) => Byte(value ? (byte)0xc3 : (byte)0xc2);

    public void Integer(long value)
    {
        switch (value)
        {
            case >= 0:
                Unsigned((ulong)value);
                break;

            case >= -0x20:
                Byte((byte)value);
                break;

            case >= sbyte.MinValue:
                Prefixed(0xd0, (ulong)value, 1);
                break;

            case >= short.MinValue:
                Prefixed(0xd1, (ulong)value, 2);
                break;

            case >= int.MinValue:
                Prefixed(0xd2, (ulong)value, 4);
                break;

            default:
                Prefixed(0xd3, (ulong)value, 8);
                break;
        }
    }

    public void Unsigned(ulong value)
    {
        switch (value)
        {
            case < 0x80:
                Byte((byte)value);
                break;

            case <= byte.MaxValue:
                Prefixed(0xcc, value, 1);
                break;

            case <= ushort.MaxValue:
                Prefixed(0xcd, value, 2);
                break;

            case <= uint.MaxValue:
                Prefixed(0xce, value, 4);
                break;

            default:
                Prefixed(0xcf, value, 8);
                break;
        }
    }

    public void Float(double value) => Prefixed(0xcb, BitConverter.DoubleToUInt64Bits(value), 8);

    public void String(string text) => String(Encoding.UTF8.GetBytes(text));

    public void String(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 0x20)
        {
            Byte((byte)(0xa0 | utf8.Length));
        }
        else
        {
            Length(0xd9, utf8.Length);
        }

        output.Write(utf8);
    }

    public void Binary(ReadOnlySpan<byte> bytes)
    {
        Length(0xc4, bytes.Length);
        output.Write(bytes);
    }

    public void Array(int count) => Open(0x90, 0xdc, count);

    public void Map(int count) => Open(0x80, 0xde, count);

    private void Open(byte small, byte prefix, int count)
    {
        if (count < 0x10)
        {
            Byte((byte)(small | count));
        }
        else if (count <= ushort.MaxValue)
        {
            Prefixed(prefix, (ulong)count, 2);
        }
        else
        {
            Prefixed((byte)(prefix + 1), (ulong)count, 4);
        }
    }

    private void Length(byte prefix, int length)
    {
        switch (length)
        {
            case <= byte.MaxValue:
                Prefixed(prefix, (ulong)length, 1);
                break;

            case <= ushort.MaxValue:
                Prefixed((byte)(prefix + 1), (ulong)length, 2);
                break;

            default:
                Prefixed((byte)(prefix + 2), (ulong)length, 4);
                break;
        }
    }

    private void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private void Prefixed(byte prefix, ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        var span = output.GetSpan(1 + size);
        span[0] = prefix;
        bytes[^size..].CopyTo(span[1..]);
        output.Advance(1 + size);
    }
}
