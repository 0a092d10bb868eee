using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JoinTokens;

/// <summary>Makes join tokens without a library, to show that any language can: JSON, base64url and HMAC-SHA256 are all it takes.</summary>
internal static class JoinToken
{
    public static string Mint(string secret, string room, string name, string role, DateTimeOffset now)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "HS256", typ = "JWT" });
        byte[] claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            room,
            name,
            role,

            // Somebody may still be looking into the mirror; who has the link tomorrow does not get in.
            exp = now.AddMinutes(10).ToUnixTimeSeconds(),
            jti = Guid.NewGuid().ToString("N"),
        });
        string signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
