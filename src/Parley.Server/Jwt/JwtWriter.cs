using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Parley.Server.Jwt;

/// <summary>Writes and signs JSON Web Tokens (RFC 7519, RFC 7515 section 3.1) with HS256.</summary>
internal sealed class JwtWriter(SharedSecrets secrets)
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>A signed token.</summary>
    /// <param name="claims">Writes the members of the claims' object.</param>
    public string Write(Action<Utf8JsonWriter> claims)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            claims(writer);
            writer.WriteEndObject();
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(json.WrittenSpan)}";
        return $"{signed}.{secrets.Sign(Encoding.ASCII.GetBytes(signed))}";
    }
}
