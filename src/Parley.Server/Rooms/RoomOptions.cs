using Parley.Server.Configuration;
using Parley.Server.Limits;

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

    /// <summary>The most people who wait for one room at a time, 1 to 1000. From anywhere: who has many places gives way to others.</summary>
    public int MaxWaiting { get; init; } = 32;

    /// <summary>The most people who wait at a time from one network, in all rooms together, 1 to 100 000. Several classes of one school.</summary>
    public int MaxWaitingPerNetwork { get; init; } = 200;

    public RoomLimits Limits { get; init; } = new();

    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds);

    public static RoomOptions Read(SectionReader section)
    {
        var defaults = new RoomOptions();
        return new()
        {
            Capacity = section.Integer(nameof(Capacity), defaults.Capacity, minimum: 2, maximum: 50),
            MaxRooms = section.Integer(nameof(MaxRooms), defaults.MaxRooms, minimum: 1, maximum: 1_000_000),
            GraceSeconds = section.Integer(nameof(GraceSeconds), defaults.GraceSeconds, minimum: 1, maximum: 600),
            MaxWaiting = section.Integer(nameof(MaxWaiting), defaults.MaxWaiting, minimum: 1, maximum: 1000),
            MaxWaitingPerNetwork = section.Integer(nameof(MaxWaitingPerNetwork), defaults.MaxWaitingPerNetwork, minimum: 1, maximum: 100_000),
            Limits = RoomLimits.Read(section.Section(nameof(Limits))),
        };
    }
}

/// <summary><c>Parley:Rooms:Limits</c>: how often strangers may try. An address of version 6 counts as its /64, its network is its /48.</summary>
internal sealed record RoomLimits
{
    private const int Most = 1_000_000;

    /// <summary>Joins from one address without a valid seat token.</summary>
    public RateLimit JoinsPerAddress { get; init; } = new(AtOnce: 200, PerMinute: 120);

    /// <summary>Wrong passcodes from one address for one room.</summary>
    public RateLimit PasscodesPerAddress { get; init; } = new(AtOnce: 5, PerMinute: 2);

    /// <summary>Wrong passcodes from one network for one room.</summary>
    public RateLimit PasscodesPerNetwork { get; init; } = new(AtOnce: 20, PerMinute: 4);

    /// <summary>Wrong passcodes for one room from all who have guessed wrong before, in a day; see <see cref="Guesses"/>.</summary>
    public RateLimit PasscodesPerRoom { get; init; } = new(AtOnce: 100, PerMinute: 20);

    public static RoomLimits Read(SectionReader section)
    {
        var defaults = new RoomLimits();
        return new()
        {
            JoinsPerAddress = Read(section, "JoinsPerAddress", "JoinsPerMinutePerAddress", defaults.JoinsPerAddress),
            PasscodesPerAddress = Read(section, "PasscodesPerAddress", "PasscodesPerMinutePerAddress", defaults.PasscodesPerAddress),
            PasscodesPerNetwork = Read(section, "PasscodesPerNetwork", "PasscodesPerMinutePerNetwork", defaults.PasscodesPerNetwork),
            PasscodesPerRoom = Read(section, "PasscodesPerRoom", "PasscodesPerMinutePerRoom", defaults.PasscodesPerRoom),
        };
    }

    private static RateLimit Read(SectionReader section, string atOnce, string perMinute, RateLimit defaults) => new(
        section.Integer(atOnce, defaults.AtOnce, minimum: 1, Most),
        section.Integer(perMinute, defaults.PerMinute, minimum: 1, Most));
}
