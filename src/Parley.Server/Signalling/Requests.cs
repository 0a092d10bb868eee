using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary><c>join</c>, without the protocol version, which decides whether the rest can be read at all.</summary>
internal sealed record JoinRequest(
    string Room,
    string Name,
    long Incarnation,
    MediaState Media,
    string? Seat,
    string? Passcode,
    string? Token)
{
    private const int MaxSeatLength = 512;
    private const int MaxTokenLength = 2048;

    public static JoinRequest Read(PayloadReader payload) =>
        new(
            payload.RoomName("room"),
            payload.DisplayName("name"),
            payload.Incarnation("incarnation"),
            payload.Object("media").MediaState(),
            payload.Has("seat") ? payload.Text("seat", MaxSeatLength) : null,
            payload.Has("passcode") ? payload.Passcode("passcode") : null,
            payload.Has("token") ? payload.Text("token", MaxTokenLength) : null);
}

/// <summary><c>doors</c>: what is given is changed.</summary>
/// <param name="Locked">Null: not given.</param>
/// <param name="WaitingRoom">Null: not given.</param>
/// <param name="HasPasscode">It is given.</param>
/// <param name="Passcode">Null takes it away.</param>
internal sealed record DoorsRequest(bool? Locked, bool? WaitingRoom, bool HasPasscode, string? Passcode)
{
    public static DoorsRequest Read(PayloadReader payload) =>
        new(
            payload.Has("locked") ? payload.Boolean("locked") : null,
            payload.Has("waitingRoom") ? payload.Boolean("waitingRoom") : null,
            payload.Has("passcode"),
            payload.Has("passcode") && !payload.IsNull("passcode") ? payload.Passcode("passcode") : null);

    /// <summary>The same for the room, which knows passcodes as codes only.</summary>
    public DoorChange Change(Func<string, PasscodeCode> code) =>
        new(Locked, WaitingRoom, HasPasscode ? new(Passcode is null ? null : code(Passcode)) : null);
}

/// <summary><c>offer</c> and <c>answer</c>. The SDP is carried, never read.</summary>
internal sealed record DescriptionRequest(
    ParticipantId To,
    Incarnations Incarnations,
    string Connection,
    long Number,
    string Sdp,
    IReadOnlyDictionary<string, MediaSource> Sources)
{
    private const int MaxSdpBytes = 65_536;
    private const int MaxSources = 32;
    private const int MaxMidLength = 32;

    public static DescriptionRequest Read(PayloadReader payload) =>
        new(
            payload.ParticipantId("to"),
            payload.Incarnations("incarnations"),
            payload.ConnectionName("connection"),
            payload.Count("number"),
            payload.TextOfBytes("sdp", MaxSdpBytes),
            ReadSources(payload.Object("sources")));

    private static Dictionary<string, MediaSource> ReadSources(PayloadReader payload)
    {
        var sources = new Dictionary<string, MediaSource>(StringComparer.Ordinal);
        foreach (var mid in payload.FieldNames())
        {
            if (mid.EnumerateRunes().Count() is 0 or > MaxMidLength)
            {
                payload.Fail("sources", $"has a mid that is not 1 to {MaxMidLength} characters long");
                break;
            }

            sources[mid] = ReadSource(payload, mid);
            if (sources.Count > MaxSources)
            {
                payload.Fail("sources", $"must have at most {MaxSources} entries");
                break;
            }
        }

        return sources;
    }

    private static MediaSource ReadSource(PayloadReader payload, string mid)
    {
        switch (payload.Text(mid, 16))
        {
            case "microphone":
                return MediaSource.Microphone;
            case "camera":
                return MediaSource.Camera;
            case "screen":
                return MediaSource.Screen;
            case "screen-audio":
                return MediaSource.ScreenAudio;
            default:
                payload.Fail(payload.PathOf(mid), "must be microphone, camera, screen or screen-audio");
                return default;
        }
    }
}

/// <summary><c>candidate</c>.</summary>
internal sealed record CandidateRequest(ParticipantId To, Incarnations Incarnations, string Connection, IceCandidate Candidate)
{
    public static CandidateRequest Read(PayloadReader payload) =>
        new(
            payload.ParticipantId("to"),
            payload.Incarnations("incarnations"),
            payload.ConnectionName("connection"),
            ReadCandidate(payload.Object("candidate")));

    private static IceCandidate ReadCandidate(PayloadReader payload) =>
        new(
            payload.Text("candidate", 1024),
            payload.OptionalText("sdpMid", 32),
            (int?)payload.OptionalInteger("sdpMLineIndex", 0, 255),

            // RFC 8839, section 5.4: ice-ufrag is at most 256 characters.
            payload.OptionalText("usernameFragment", 256));
}
