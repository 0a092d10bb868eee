using System.Text.Json.Serialization;

namespace Parley.SocketIO.EngineIO;

/// <summary>The OPEN packet's JSON: exactly these members, in this order.</summary>
internal sealed record OpenBody(string Sid, IReadOnlyList<string> Upgrades, long PingInterval, long PingTimeout, int MaxPayload);

/// <summary>The JSON of a refused request.</summary>
internal sealed record EngineErrorBody(int Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OpenBody))]
[JsonSerializable(typeof(EngineErrorBody))]
internal sealed partial class EngineJson : JsonSerializerContext;
