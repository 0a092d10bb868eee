using System.Text.Json.Serialization;

namespace Parley.Server.IceServers;

/// <summary>The ICE servers for one participant: <c>IceServers</c> of docs/signalling.md.</summary>
/// <param name="Servers">As for <c>RTCConfiguration.iceServers</c>; may be empty.</param>
/// <param name="ExpiresAt">When the first of the credentials ends, in milliseconds since 1970; null: never.</param>
internal sealed record IceServerList(IReadOnlyList<IceServer> Servers, long? ExpiresAt);

/// <summary>An <c>RTCIceServer</c>.</summary>
internal sealed record IceServer(
    IReadOnlyList<string> Urls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Credential);
