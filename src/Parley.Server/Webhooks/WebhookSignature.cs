using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Webhooks;

/// <summary>Signs an attempt as Standard Webhooks has it: base64 of HMAC-SHA256 over "id.timestamp.body", for each key.</summary>
internal static class WebhookSignature
{
    /// <summary>The header <c>webhook-signature</c>.</summary>
    /// <param name="keys">Each signs.</param>
    /// <param name="id">The message's.</param>
    /// <param name="timestamp">Of this attempt, in seconds since 1970.</param>
    /// <param name="body">As it is sent.</param>
    public static string Of(IEnumerable<byte[]> keys, string id, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }
}
