using System.Text.Json.Serialization;

namespace Parley.Server.Rooms;

/// <summary>What stands between a room and whoever is new.</summary>
/// <param name="Locked">Nobody new enters.</param>
/// <param name="WaitingRoom">Who is new waits until a host lets it in.</param>
/// <param name="Code">The passcode's code; null: none is set.</param>
internal sealed record Doors(bool Locked, bool WaitingRoom, [property: JsonIgnore] PasscodeCode? Code)
{
    public static readonly Doors Open = new(Locked: false, WaitingRoom: false, Code: null);

    /// <summary>A passcode is set.</summary>
    public bool Passcode => Code is not null;
}

/// <summary>
/// What a passcode is kept as: a code that only the server's key can make of it and the room's name. So nobody who holds a seat token can
/// try passcodes against it, and the time that a comparison takes tells nothing.
/// </summary>
internal readonly record struct PasscodeCode(UInt128 Value);

/// <summary>What a host wants changed; null: as it is.</summary>
/// <param name="Locked">Whether nobody new enters.</param>
/// <param name="WaitingRoom">Whether who is new waits.</param>
/// <param name="Passcode">Another passcode, or none.</param>
internal sealed record DoorChange(bool? Locked = null, bool? WaitingRoom = null, PasscodeChange? Passcode = null)
{
    public Doors ApplyTo(Doors doors) => new(
        Locked ?? doors.Locked,
        WaitingRoom ?? doors.WaitingRoom,
        Passcode is null ? doors.Code : Passcode.Code);
}

/// <summary>Another passcode, or none.</summary>
/// <param name="Code">Null takes the passcode away.</param>
internal sealed record PasscodeChange(PasscodeCode? Code);
