using System.Buffers.Binary;

namespace Parley.SocketLoad;

/// <summary>WebSocket frames (RFC 6455, section 5.2), as far as a client of a server that does not fragment needs them.</summary>
internal static class Frame
{
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    // A client masks what it sends (section 5.3). A page must not be able to guess the key; nobody but the server sees this one.
    private static ReadOnlySpan<byte> MaskingKey => [0x5a, 0xc3, 0x96, 0x0f];

    /// <summary>A whole frame, masked.</summary>
    public static byte[] Of(byte opcode, ReadOnlySpan<byte> payload)
    {
        var lengthBytes = payload.Length < 126 ? 0 : payload.Length <= ushort.MaxValue ? 2 : 8;
        var frame = new byte[2 + lengthBytes + 4 + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        frame[1] = (byte)(0x80 | (lengthBytes == 0 ? payload.Length : lengthBytes == 2 ? 126 : 127));
        if (lengthBytes == 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }
        else if (lengthBytes == 8)
        {
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        }

        MaskingKey.CopyTo(frame.AsSpan(2 + lengthBytes));
        var start = frame.Length - payload.Length;
        for (var i = 0; i < payload.Length; i++)
        {
            frame[start + i] = (byte)(payload[i] ^ MaskingKey[i & 3]);
        }

        return frame;
    }

    /// <summary>Writes digits into the payload of a frame that is made already.</summary>
    /// <param name="frame">A frame of <see cref="Of"/>.</param>
    /// <param name="payloadStart">Where its payload begins.</param>
    /// <param name="position">Of the first digit, in the payload.</param>
    /// <param name="number">With exactly <see cref="Numbers.Digits"/> digits.</param>
    public static void WriteNumber(Span<byte> frame, int payloadStart, int position, int number)
    {
        for (var i = position + Numbers.Digits - 1; i >= position; i--)
        {
            frame[payloadStart + i] = (byte)(('0' + (number % 10)) ^ MaskingKey[i & 3]);
            number /= 10;
        }
    }

    /// <summary>Reads the frame at the beginning of what came from the server; false while it is not whole.</summary>
    /// <exception cref="LoadFailedException">It is masked, or a part of a message only.</exception>
    public static bool TryRead(ReadOnlySpan<byte> data, out byte opcode, out ReadOnlySpan<byte> payload, out int length)
    {
        (opcode, length) = (0, 0);
        payload = default;
        if (data.Length < 2)
        {
            return false;
        }

        if ((data[0] & 0xf0) != 0x80 || data[1] > 127 || (data[0] & 0x0f) == 0)
        {
            throw new LoadFailedException($"The server sent a frame that begins with {data[0]:x2} {data[1]:x2}.");
        }

        var header = data[1] switch { < 126 => 2, 126 => 4, _ => 10 };
        if (data.Length < header)
        {
            return false;
        }

        var size = header switch
        {
            2 => data[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(data[2..]),
        };
        if (data.Length - header < size)
        {
            return false;
        }

        opcode = (byte)(data[0] & 0x0f);
        payload = data.Slice(header, (int)size);
        length = header + (int)size;
        return true;
    }
}
