using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Rooms;

namespace Parley.Server.Seats;

/// <summary>
/// Issues and verifies seat tokens. A token carries all it says, signed by a key from the data folder, so it is good after a restart
/// of the server too.
/// </summary>
/// <remarks>
/// base64url, without padding, of big-endian fields:
/// <code>
/// version 1 | role 1 | flags 1 | order 8 | incarnation 8 | expiry 8 (seconds since 1970) | life 8 | revision 8 | passcode's code 16
/// | given name's code 8 | participant 12 | room n (UTF-8) | HMAC-SHA256 32, over all before it
/// </code>
/// A room name is at most 64 code points, so a token is at most 490 characters.
/// </remarks>
internal sealed class SeatTokens(SeatKey key, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const byte Version = 3;
    private const int RoleAt = 1;
    private const int FlagsAt = 2;
    private const int OrderAt = 3;
    private const int IncarnationAt = 11;
    private const int ExpiryAt = 19;
    private const int LifeAt = 27;
    private const int RevisionAt = 35;
    private const int PasscodeAt = 43;
    private const int NameAt = 59;
    private const int ParticipantAt = 67;
    private const int RoomAt = ParticipantAt + ParticipantId.ByteLength;
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;
    private const int MaxCharacters = 512;

    private readonly RoomCodes _codes = new(key);

    [Flags]
    private enum Flag : byte
    {
        None = 0,
        Locked = 1,
        WaitingRoom = 2,
        Passcode = 4,
        TokensUsed = 8,
        GivenName = 16,
    }

    /// <summary>A token for a seat in the room of this name.</summary>
    public string Issue(string roomName, SeatClaim seat)
    {
        var room = Encoding.UTF8.GetBytes(roomName);
        var token = new byte[RoomAt + room.Length + SignatureLength];
        token[0] = Version;
        token[RoleAt] = (byte)seat.Role;
        token[FlagsAt] = (byte)FlagsOf(seat);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(OrderAt), seat.Order);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(IncarnationAt), seat.Incarnation);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(ExpiryAt), (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(LifeAt), seat.Room.Edition.Life);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(RevisionAt), seat.Room.Edition.Revision);
        BinaryPrimitives.WriteUInt128BigEndian(token.AsSpan(PasscodeAt), seat.Room.Doors.Code?.Value ?? UInt128.Zero);
        BinaryPrimitives.WriteUInt64BigEndian(token.AsSpan(NameAt), seat.GivenName is { } name ? _codes.Name(roomName, name) : 0);
        seat.Id.CopyBytesTo(token.AsSpan(ParticipantAt, ParticipantId.ByteLength));
        room.CopyTo(token, RoomAt);
        key.Sign(token.AsSpan(..^SignatureLength), token.AsSpan(^SignatureLength..));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The seat that a token is good for; null for a newcomer.</summary>
    /// <param name="text">The token, or what was sent in its place.</param>
    /// <param name="room">The room that it is shown to.</param>
    /// <param name="incarnation">The page load that shows it; one that was earlier than the token's own cannot have it by right.</param>
    /// <param name="name">The display name that its bearer has now: it may be the one that was given to it.</param>
    public SeatClaim? ClaimOf(string? text, string room, long incarnation, string name)
    {
        if (text is null || !TryVerify(text, out var token) || token.Room != room || token.Claim.Incarnation > incarnation)
        {
            return null;
        }

        return token.Claim.GivenName is not null && token.NameCode == _codes.Name(room, name)
            ? token.Claim with { GivenName = name }
            : token.Claim;
    }

    /// <summary>Reads a token that a client brings back.</summary>
    /// <returns>False for whatever this server did not issue, and for what has expired.</returns>
    public bool TryVerify(string text, [NotNullWhen(true)] out SeatToken? token)
    {
        token = null;
        Span<byte> bytes = stackalloc byte[MaxCharacters];
        if (text.Length > MaxCharacters
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done
            || length <= RoomAt + SignatureLength)
        {
            return false;
        }

        var signed = bytes[..(length - SignatureLength)];
        Span<byte> signature = stackalloc byte[SignatureLength];
        key.Sign(signed, signature);

        // In constant time: how many bytes of a forged signature are right must not show.
        if (!CryptographicOperations.FixedTimeEquals(signature, bytes[signed.Length..length])
            || signed[0] != Version
            || (Role)signed[RoleAt] is not (Role.Participant or Role.Host))
        {
            return false;
        }

        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(signed[ExpiryAt..]));
        if (expiresAt <= time.GetUtcNow())
        {
            return false;
        }

        token = new(
            Encoding.UTF8.GetString(signed[RoomAt..]),
            ReadClaim(signed),
            BinaryPrimitives.ReadUInt64BigEndian(signed[NameAt..]),
            expiresAt);
        return true;
    }

    private static SeatClaim ReadClaim(ReadOnlySpan<byte> token)
    {
        var flags = (Flag)token[FlagsAt];
        var doors = new Doors(
            flags.HasFlag(Flag.Locked),
            flags.HasFlag(Flag.WaitingRoom),
            flags.HasFlag(Flag.Passcode) ? new PasscodeCode(BinaryPrimitives.ReadUInt128BigEndian(token[PasscodeAt..])) : null);
        var edition = new Edition(
            BinaryPrimitives.ReadInt64BigEndian(token[LifeAt..]),
            BinaryPrimitives.ReadInt64BigEndian(token[RevisionAt..]));
        return new(
            ParticipantId.FromBytes(token.Slice(ParticipantAt, ParticipantId.ByteLength)),
            BinaryPrimitives.ReadInt64BigEndian(token[OrderAt..]),
            BinaryPrimitives.ReadInt64BigEndian(token[IncarnationAt..]),
            (Role)token[RoleAt],
            new(edition, doors, flags.HasFlag(Flag.TokensUsed)),
            flags.HasFlag(Flag.GivenName) ? SeatClaim.UnprovenName : null);
    }

    private static Flag FlagsOf(SeatClaim seat) =>
        (seat.Room.Doors.Locked ? Flag.Locked : Flag.None)
        | (seat.Room.Doors.WaitingRoom ? Flag.WaitingRoom : Flag.None)
        | (seat.Room.Doors.Passcode ? Flag.Passcode : Flag.None)
        | (seat.Room.TokensUsed ? Flag.TokensUsed : Flag.None)
        | (seat.GivenName is not null ? Flag.GivenName : Flag.None);
}
