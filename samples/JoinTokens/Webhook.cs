using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JoinTokens;

/// <summary>Tells whether an event is Parley's, and new, as Standard Webhooks has it.</summary>
internal static class Webhook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsGenuine(string secret, IHeaderDictionary headers, string body, DateTimeOffset now)
    {
        string id = headers["webhook-id"].ToString();
        string timestamp = headers["webhook-timestamp"].ToString();
        if (!long.TryParse(timestamp, CultureInfo.InvariantCulture, out long seconds) || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] expected = Encoding.ASCII.GetBytes($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")))}");
        return headers["webhook-signature"].ToString().Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), expected));
    }
}
