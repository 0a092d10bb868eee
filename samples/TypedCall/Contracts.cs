using System.Text.Json.Serialization;
using Parley.SocketIO;

namespace TypedCall;

/// <summary>An SDP offer or answer, as browsers make it.</summary>
public sealed record Description(string Type, string Sdp);

/// <summary>An ICE candidate, as browsers make it.</summary>
public sealed record Candidate([property: JsonPropertyName("candidate")] string Line, string? SdpMid, int? SdpMLineIndex);

/// <summary>Somebody in a room.</summary>
public sealed record Member(string Id, string Name);

/// <summary>What clients understand: methods are events, and a task is an acknowledgement.</summary>
[TypedClient]
public partial interface ICallClient
{
    void Welcome(Member newcomer);

    Task<bool> Ring(Member caller, CancellationToken cancellationToken);

    void Description(string from, Description description);

    void Candidate(string from, Candidate candidate);

    void Left(string id);

    void Closing();
}

/// <summary>The JSON of all that is sent: known when the program is compiled, so that nothing is reflected on when it runs.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Description))]
[JsonSerializable(typeof(Candidate))]
[JsonSerializable(typeof(IReadOnlyList<Member>))]
internal sealed partial class CallContracts : JsonSerializerContext;
