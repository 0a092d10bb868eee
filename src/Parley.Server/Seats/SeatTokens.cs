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
/// version 1 | role 1 | order 8 | incarnation 8 | expiry 8 (seconds since 1970) | participant 12 | room n (UTF-8)
/// | HMAC-SHA256 32, over all before it
/// </code>
/// A room name is at most 64 code points, so a token is at most 435 characters.
/// </remarks>
internal sealed class SeatTokens(SeatKey key, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const byte Version = 2;
    private const int RoleAt = 1;
    private const int OrderAt = 2;
    private const int IncarnationAt = 10;
    private const int ExpiryAt = 18;
    private const int ParticipantAt = 26;
    private const int RoomAt = ParticipantAt + ParticipantId.ByteLength;
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;
    private const int MaxCharacters = 512;

    /// <summary>A token for a seat in the room of this name.</summary>
    public string Issue(string roomName, SeatClaim seat)
    {
        var room = Encoding.UTF8.GetBytes(roomName);
        var token = new byte[RoomAt + room.Length + SignatureLength];
        token[0] = Version;
        token[RoleAt] = (byte)SeatRole.Participant;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(OrderAt), seat.Order);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(IncarnationAt), seat.Incarnation);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(ExpiryAt), (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        seat.Id.CopyBytesTo(token.AsSpan(ParticipantAt, ParticipantId.ByteLength));
        room.CopyTo(token, RoomAt);
        key.Sign(token.AsSpan(..^SignatureLength), token.AsSpan(^SignatureLength..));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The seat that a token is good for; null for a newcomer.</summary>
    /// <param name="text">The token, or what was sent in its place.</param>
    /// <param name="room">The room that it is shown to.</param>
    /// <param name="incarnation">The page load that shows it; one that was earlier than the token's own cannot have it by right.</param>
    public SeatClaim? ClaimOf(string? text, string room, long incarnation) =>
        text is not null && TryVerify(text, out var token) && token.Room == room && token.Claim.Incarnation <= incarnation
            ? token.Claim
            : null;

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
            || signed[RoleAt] != (byte)SeatRole.Participant)
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
            (SeatRole)signed[RoleAt],
            new(
                ParticipantId.FromBytes(signed.Slice(ParticipantAt, ParticipantId.ByteLength)),
                BinaryPrimitives.ReadInt64BigEndian(signed[OrderAt..]),
                BinaryPrimitives.ReadInt64BigEndian(signed[IncarnationAt..])),
            expiresAt);
        return true;
    }
}
