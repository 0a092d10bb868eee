using Parley.Server.Configuration;

namespace Parley.Server.Rooms;

/// <summary><c>Parley:Rooms</c>.</summary>
internal sealed record RoomOptions
{
    /// <summary>The most participants in one room, 2 to 50. Each sends its media to every other one, so large rooms ask much of a browser.</summary>
    public int Capacity { get; init; } = 8;

    /// <summary>The most rooms at one time, 1 to 1 000 000.</summary>
    public int MaxRooms { get; init; } = 10_000;

    /// <summary>How long a seat is held without a connection, in seconds, 1 to 600.</summary>
    public int GraceSeconds { get; init; } = 30;

    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds);

    public static RoomOptions Read(SectionReader section)
    {
        var defaults = new RoomOptions();
        return new()
        {
            Capacity = section.Integer(nameof(Capacity), defaults.Capacity, minimum: 2, maximum: 50),
            MaxRooms = section.Integer(nameof(MaxRooms), defaults.MaxRooms, minimum: 1, maximum: 1_000_000),
            GraceSeconds = section.Integer(nameof(GraceSeconds), defaults.GraceSeconds, minimum: 1, maximum: 600),
        };
    }
}
