using System.Reflection;
using System.Text.Json;

namespace Parley.Server.Health;

/// <summary><c>GET /health</c>: 200 while the process serves requests.</summary>
internal static class HealthEndpoint
{
    /// <summary>The version without the commit that the SDK appends.</summary>
    private static readonly string Version =
        typeof(HealthEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "unknown";

    private static readonly byte[] Answer = Encode();

    public static void MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", static () => Results.Bytes(Answer, "application/json"));

    private static byte[] Encode()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("status", "ok");
            writer.WriteString("version", Version);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
