using System.Text.Json.Serialization;

namespace Parley.Server.Rooms;

/// <summary>What a room tells one of its participants. Each case is the payload of the event of the same name in docs/signalling.md.</summary>
internal abstract record RoomMessage
{
    private RoomMessage()
    {
    }

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
}

/// <summary>An ICE candidate as <c>RTCIceCandidateInit</c>; an empty <paramref name="Candidate"/> ends the candidates.</summary>
internal sealed record IceCandidate(string Candidate, string? SdpMid, int? SdpMLineIndex, string? UsernameFragment);
