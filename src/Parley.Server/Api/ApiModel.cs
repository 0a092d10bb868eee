using System.ComponentModel;
using System.Text.Json.Serialization;
using Parley.Server.Rooms;

namespace Parley.Server.Api;

/// <summary>A page of the list of rooms.</summary>
internal sealed record ApiRooms(
    [property: Description("In the order of their names.")] IReadOnlyList<ApiRoom> Rooms,
    [property: Description("What to ask for as `after` to get the rest; null when this is the end.")] string? Next);

/// <summary>A room in the list.</summary>
internal sealed record ApiRoom(
    [property: Description("In lower case.")] string Name,
    [property: Description("When it began; after a restart of the server, when it came back.")] DateTimeOffset OpenedAt,
    ApiDoors Doors,
    [property: Description("Those who are away for a moment included.")] int ParticipantCount,
    [property: Description("How many wait to be let in.")] int WaitingCount)
{
    public static ApiRoom Of(RoomSnapshot room) => new(room.Name, room.OpenedAt, ApiDoors.Of(room.Doors), room.Participants.Count, room.Waiting);
}

/// <summary>One room, with who is in it.</summary>
internal sealed record ApiRoomDetail(
    [property: Description("In lower case.")] string Name,
    [property: Description("When it began; after a restart of the server, when it came back.")] DateTimeOffset OpenedAt,
    ApiDoors Doors,
    [property: Description("Those who are away for a moment included.")] int ParticipantCount,
    [property: Description("How many wait to be let in.")] int WaitingCount,
    [property: Description("In the order of their arrival.")] IReadOnlyList<ApiParticipant> Participants)
{
    public static ApiRoomDetail Of(RoomSnapshot room) => new(
        room.Name, room.OpenedAt, ApiDoors.Of(room.Doors), room.Participants.Count, room.Waiting, [.. room.Participants.Select(ApiParticipant.Of)]);
}

/// <summary>What stands between a room and who is new.</summary>
internal sealed record ApiDoors(
    [property: Description("Nobody new enters.")] bool Locked,
    [property: Description("Who is new waits until a host lets it in.")] bool WaitingRoom,
    [property: Description("Who is new has to know a passcode.")] bool Passcode)
{
    public static ApiDoors Of(Doors doors) => new(doors.Locked, doors.WaitingRoom, doors.Passcode);
}

/// <summary>Somebody in a room.</summary>
internal sealed record ApiParticipant(
    [property: Description("16 characters of A-Z a-z 0-9 - _.")] string Id,
    [property: Description("The display name.")] string Name,
    Role Role,
    [property: Description("It has lost its connection to the server, and its place is held.")] bool Away,
    [property: Description("Its hand is raised.")] bool Hand,
    ApiMedia Media)
{
    public static ApiParticipant Of(Participant participant) => new(
        participant.Id.Value,
        participant.Name,
        participant.Role,
        participant.Away,
        participant.Hand is not null,
        new(participant.Media.Microphone, participant.Media.Camera, participant.Media.Screen));
}

/// <summary>What a participant sends to the others.</summary>
internal sealed record ApiMedia(bool Microphone, bool Camera, bool Screen);

/// <summary>The join token that somebody wants.</summary>
internal sealed record ApiTokenRequest(
    [property: Description("The name of the room, whatever its case: 1 to 64 letters, marks, digits, - or _.")] string Room)
{
    [Description("The display name of who enters, 1 to 64 characters. Without one, people choose their own.")]
    public string? Name { get; init; }

    [Description("As what one enters; participant by default.")]
    public Role? Role { get; init; }

    [Description("Your id of the one person it is for, 1 to 128 characters: who is removed from the room stays out. Without one, many may share the token.")]
    public string? Sub { get; init; }

    [Description("From when on it holds, in seconds since 1970. Without it, at once.")]
    public long? Nbf { get; init; }

    [Description("For how many seconds it holds, from now or from nbf: 1 to 31536000, 3600 by default.")]
    public int? ExpiresIn { get; init; }
}

/// <summary>A join token.</summary>
internal sealed record ApiToken(
    [property: Description("The token, to be sent as token in join, or in a link.")] string Token,
    [property: Description("The address that lets its bearer into the room, with the token behind the #.")] string Link,
    [property: Description("Until when somebody can enter with it. Who is in by then stays.")] DateTimeOffset ExpiresAt);

/// <summary>What went wrong (RFC 9457).</summary>
internal sealed record ApiProblem(
    [property: Description("Always about:blank: the title is what the status says.")] string Type,
    [property: Description("The words of the status.")] string Title,
    [property: Description("The status.")] int Status,
    [property: Description("English text for logs, never for people.")] string Detail,
    [property: Description("What programs tell problems apart by.")] string Code);

/// <summary>The JSON contracts of the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiRooms))]
[JsonSerializable(typeof(ApiRoomDetail))]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(ApiTokenRequest))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class ApiJson : JsonSerializerContext;
