using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Running;

/// <summary>JSON Web Tokens made by hand, right ones and others, without any code of the server.</summary>
internal static class ForgedToken
{
    public const string Secret = "a secret of the tests that has more than 32 bytes";
    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    /// <summary>Good from long ago until long after every clock of the tests.</summary>
    public const string ForEver = "\"exp\":9999999999";

    /// <summary>A token whose header and claims are these texts.</summary>
    public static string Of(string claims, string header = Header, string secret = Secret) => Of(Encoding.UTF8.GetBytes(claims), Encoding.UTF8.GetBytes(header), secret);

    public static string Of(byte[] claims, byte[] header, string secret = Secret)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A token that opens a room.</summary>
    public static string ForRoom(string room, params (string Name, JsonNode? Value)[] more)
    {
        var claims = new JsonObject { ["room"] = room, ["exp"] = 9_999_999_999 };
        foreach (var (name, value) in more)
        {
            claims[name] = value;
        }

        return Of(claims.ToJsonString());
    }

    /// <summary>A token that opens the API for five minutes.</summary>
    public static string ForApi(TimeProvider time, string secret = Secret) =>
        Of($$"""{"aud":"parley-api","exp":{{time.GetUtcNow().ToUnixTimeSeconds() + 300}}}""", secret: secret);
}
