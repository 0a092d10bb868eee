using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>Makes nonces and knows them again, without remembering any (RFC 8489, 9.2).</summary>
/// <remarks>
/// A nonce is the nonce cookie of RFC 8489, 9.2 and then, in base64, the minute in which it was made and a part of an HMAC-SHA256 over
/// that minute and the client's IP address. The port is left out: a NAT may move a client to another one between the first answer and the
/// second request, and browsers give up when the nonce of the first answer is refused. Minutes are those of the calendar, so that a
/// nonce outlives a restart and is understood by every server with the same key.
/// </remarks>
internal sealed class Nonces(ReadOnlyMemory<byte> key, TimeSpan lifetime)
{
    /// <summary>Of a nonce, in bytes.</summary>
    public const int Length = CookieLength + (BodyLength / 3 * 4);

    private const int CookieLength = 13;
    private const int BodyLength = 12;
    private const int MinuteLength = 3;
    private const int MinuteMask = 0xFF_FFFF;

    /// <summary>How far the clocks of servers that share a key may lie apart, in minutes.</summary>
    private const int Skew = 2;

    private readonly byte[] _key = key.ToArray();
    private readonly int _lifetimeMinutes = (int)Math.Ceiling(Math.Min(lifetime.TotalMinutes, MinuteMask / 4));

    /// <summary>
    /// The mark "obMatJos2", then 24 bits of what the server can, in base64. Bit 0 says "password algorithms", bit 1 "user name
    /// anonymity" (RFC 8489, 18.1). Which end bit 0 is at is read both ways: the nonce in section 20 of RFC 8656 counts from the
    /// most significant bit, the one in appendix B.1 of RFC 8489 from the least. So bit 0 is set at both ends, 0x800001 = "gAAB"; the
    /// other reading takes either for bit 23, which means nothing yet. Bit 1 stays 0 at both ends: a user hash cannot be turned into the
    /// name of an ephemeral credential, so that none is asked for.
    /// </summary>
    private static ReadOnlySpan<byte> Cookie => "obMatJos2gAAB"u8;

    /// <summary>Writes a fresh one, <see cref="Length"/> bytes.</summary>
    public void Write(DateTimeOffset now, InternetAddress client, Span<byte> destination)
    {
        Cookie.CopyTo(destination);
        Span<byte> body = stackalloc byte[BodyLength];
        Sign(MinuteOf(now), client, body);
        Base64.EncodeToUtf8(body, destination[CookieLength..], out _, out _);
    }

    /// <summary>Whether it was made here and not too long ago; at least for the lifetime, at most for a minute more.</summary>
    public bool IsValid(DateTimeOffset now, InternetAddress client, ReadOnlySpan<byte> nonce)
    {
        Span<byte> body = stackalloc byte[BodyLength];
        if (nonce.Length != Length || !IsOurs(nonce)
            || Base64.DecodeFromUtf8(nonce[CookieLength..], body, out _, out int written) != System.Buffers.OperationStatus.Done
            || written != BodyLength)
        {
            return false;
        }

        int minute = (body[0] << 16) | (body[1] << 8) | body[2];
        int age = (MinuteOf(now) - minute) & MinuteMask;
        bool isFresh = age <= _lifetimeMinutes || age >= MinuteMask + 1 - Skew;
        Span<byte> expected = stackalloc byte[BodyLength];
        Sign(minute, client, expected);
        return CryptographicOperations.FixedTimeEquals(body, expected) && isFresh;
    }

    /// <summary>Whether it begins with the cookie that was sent: its sender has been told of the password algorithms.</summary>
    public static bool IsOurs(ReadOnlySpan<byte> nonce) => nonce.StartsWith(Cookie);

    private static int MinuteOf(DateTimeOffset now) => (int)(now.ToUnixTimeSeconds() / 60) & MinuteMask;

    private void Sign(int minute, InternetAddress client, Span<byte> body)
    {
        Span<byte> signed = stackalloc byte[sizeof(int) + 16];
        BinaryPrimitives.WriteInt32BigEndian(signed, minute);
        client.Write(signed[sizeof(int)..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signed[..(sizeof(int) + client.Length)], mac);
        signed[1..(1 + MinuteLength)].CopyTo(body);
        mac[..(BodyLength - MinuteLength)].CopyTo(body[MinuteLength..]);
    }
}
