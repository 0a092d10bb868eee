using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Parley.Server.IceServers;
using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>What <c>join</c> is answered, and what comes as <c>door</c>: see docs/signalling.md.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Admitted), "admitted")]
[JsonDerivedType(typeof(Waiting), "waiting")]
[JsonDerivedType(typeof(Refused), "refused")]
internal abstract record JoinAnswer
{
    private JoinAnswer()
    {
    }

    [SuppressMessage("Performance", "CA1822", Justification = "A field of the answer on the wire.")]
    public int Protocol => SignallingSession.Protocol;

    public sealed record Admitted(
        string Room,
        Participant Self,
        string Seat,
        long Grace,
        IReadOnlyList<Participant> Participants,
        int Capacity,
        IceServerList IceServers,
        Doors Doors,
        [property: JsonPropertyName("waiting")] IReadOnlyList<WaitingPerson> WhoWaits) : JoinAnswer;

    public sealed record Waiting(string Room, string Name) : JoinAnswer;

    public sealed record Refused(string Reason, string Message) : JoinAnswer;
}

/// <summary>The event <c>seat</c>.</summary>
internal sealed record SeatEvent(string Seat);

/// <summary>What every other request is answered.</summary>
internal sealed record Result(
    bool Ok,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Result.Failure? Error = null)
{
    public static readonly Result Success = new(true);

    public static readonly Result NotJoined = Failed("not-joined", "The connection has no seat in a room; join first.");

    public static Result Failed(string code, string message) => new(false, new(code, message));

    public static Result Invalid(string message) => Failed("invalid", message);

    public sealed record Failure(string Code, string Message);
}

/// <summary>What <c>diagnose</c> is answered.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Refused), "refused")]
internal abstract record DiagnoseAnswer
{
    private DiagnoseAnswer()
    {
    }

    /// <summary>Try these.</summary>
    /// <param name="IceServers">As for <c>RTCConfiguration.iceServers</c>.</param>
    /// <param name="Expires">How long the credentials are good, in seconds; no longer than the connection.</param>
    public sealed record Ready(IReadOnlyList<IceServer> IceServers, long Expires) : DiagnoseAnswer;

    public sealed record Refused(string Reason, string Message) : DiagnoseAnswer;
}

/// <summary>The good answer to <c>iceServers</c>.</summary>
internal sealed record IceServersResult(IceServerList IceServers)
{
    [SuppressMessage("Performance", "CA1822", Justification = "A field of the answer on the wire.")]
    public bool Ok => true;
}
