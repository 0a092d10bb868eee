using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Rooms;

namespace Parley.Server.Seats;

/// <summary>
/// What seat tokens carry in place of words that may be too long, or that their bearers should not be able to find out: codes that only the
/// server's key can make. They are worth nothing in another room.
/// </summary>
internal sealed class RoomCodes(SeatKey key)
{
    // What is signed as a token begins with its version, a small number.
    private const byte PasscodeMark = (byte)'p';
    private const byte NameMark = (byte)'n';

    /// <summary>What a passcode of a room is kept as.</summary>
    public PasscodeCode Passcode(string room, string passcode) => new(BinaryPrimitives.ReadUInt128BigEndian(Code(PasscodeMark, room, passcode)));

    /// <summary>The code of a name that a join token gave.</summary>
    public ulong Name(string room, string name) => BinaryPrimitives.ReadUInt64BigEndian(Code(NameMark, room, name));

    private byte[] Code(byte mark, string room, string text)
    {
        // A room's name has no control characters, so the two texts cannot be divided in another way.
        byte[] signed = [mark, .. Encoding.UTF8.GetBytes(room), 0, .. Encoding.UTF8.GetBytes(text)];
        var code = new byte[HMACSHA256.HashSizeInBytes];
        key.Sign(signed, code);
        return code;
    }
}
