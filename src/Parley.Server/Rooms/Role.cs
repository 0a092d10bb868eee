using System.Text.Json.Serialization;

namespace Parley.Server.Rooms;

/// <summary>What somebody may do in a room.</summary>
/// <remarks>The numbers stand in seat tokens.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
internal enum Role : byte
{
    [JsonStringEnumMemberName("participant")]
    Participant = 1,

    /// <summary>May open and close the doors, let in, remove, hand over and end.</summary>
    [JsonStringEnumMemberName("host")]
    Host = 2,
}
