using System.Text.Json.Serialization;

namespace Parley.Server.Rooms;

/// <summary>
/// What a room tells one of its participants, or somebody at its door. Most cases are the payloads of the events of the same names in
/// docs/signalling.md.
/// </summary>
internal abstract record RoomMessage
{
    private RoomMessage()
    {
    }

    /// <summary>The receiver has a seat. The first it hears, unless it had to wait.</summary>
    /// <param name="Tenure">Its time there.</param>
    /// <param name="Others">In order of arrival.</param>
    /// <param name="Doors">As they are.</param>
    /// <param name="Line">Who stands at the door, if that is the receiver's business.</param>
    public sealed record Admitted(
        Tenure Tenure,
        IReadOnlyList<Participant> Others,
        Doors Doors,
        IReadOnlyList<WaitingPerson> Line) : RoomMessage;

    /// <summary>The receiver has to wait. The first it hears.</summary>
    public sealed record Waits(Waiter Waiter) : RoomMessage;

    /// <summary>The receiver has waited in vain. The last it hears of this room.</summary>
    public sealed record Refused(Admission Reason) : RoomMessage;

    public sealed record Welcome(Participant Participant) : RoomMessage;

    public sealed record Away(ParticipantId Id) : RoomMessage;

    /// <summary>The receiver's seat has been taken by another connection: the last it hears.</summary>
    public sealed record Displaced : RoomMessage;

    public sealed record Offer(
        ParticipantId From,
        Incarnations Incarnations,
        string Connection,
        long Number,
        string Sdp,
        IReadOnlyDictionary<string, MediaSource> Sources) : RoomMessage;

    public sealed record Answer(
        ParticipantId From,
        Incarnations Incarnations,
        string Connection,
        long Number,
        string Sdp,
        IReadOnlyDictionary<string, MediaSource> Sources) : RoomMessage;

    public sealed record Candidate(
        ParticipantId From,
        Incarnations Incarnations,
        string Connection,
        [property: JsonPropertyName("candidate")] IceCandidate IceCandidate) : RoomMessage;

    public sealed record Media(ParticipantId Id, [property: JsonPropertyName("media")] MediaState State) : RoomMessage;

    public sealed record Left(ParticipantId Id, LeaveReason Reason) : RoomMessage;

    public sealed record DoorsChanged([property: JsonPropertyName("doors")] Doors Now) : RoomMessage;

    public sealed record RoleChanged(ParticipantId Id, Role Role) : RoomMessage;

    public sealed record Hand(ParticipantId Id, [property: JsonPropertyName("hand")] long? Place) : RoomMessage;

    /// <summary>To hosts: all who stand at the door.</summary>
    public sealed record Waiting([property: JsonPropertyName("waiting")] IReadOnlyList<WaitingPerson> People) : RoomMessage;

    /// <summary>What the receiver's token has to say from now on.</summary>
    public sealed record SeatToken(SeatClaim Claim) : RoomMessage;

    public sealed record MuteAsked(ParticipantId From) : RoomMessage;

    /// <summary>The receiver's seat has ended against its will.</summary>
    public sealed record Removed(RemovalReason Reason) : RoomMessage;

    /// <summary>The room has ended, and the receiver's seat with it.</summary>
    public sealed record Ended : RoomMessage;
}

/// <summary>What a transceiver carries from the sender of a description.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaSource>))]
internal enum MediaSource
{
    [JsonStringEnumMemberName("microphone")]
    Microphone,

    [JsonStringEnumMemberName("camera")]
    Camera,

    [JsonStringEnumMemberName("screen")]
    Screen,

    [JsonStringEnumMemberName("screen-audio")]
    ScreenAudio,
}

[JsonConverter(typeof(JsonStringEnumConverter<LeaveReason>))]
internal enum LeaveReason
{
    /// <summary>The participant left by itself.</summary>
    [JsonStringEnumMemberName("left")]
    Left,

    /// <summary>It did not come back within the grace time.</summary>
    [JsonStringEnumMemberName("gone")]
    Gone,

    /// <summary>A host, or the application that runs the server, has removed it.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>The room has ended for everybody. Nobody is there to be told so.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,
}

[JsonConverter(typeof(JsonStringEnumConverter<RemovalReason>))]
internal enum RemovalReason
{
    /// <summary>A host, or the application that runs the server, wants it so.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>The room has come back from before a restart, and by its doors the receiver has to ask again.</summary>
    [JsonStringEnumMemberName("restored")]
    Restored,
}

/// <summary>An ICE candidate as <c>RTCIceCandidateInit</c>; an empty <paramref name="Candidate"/> ends the candidates.</summary>
internal sealed record IceCandidate(string Candidate, string? SdpMid, int? SdpMLineIndex, string? UsernameFragment);
