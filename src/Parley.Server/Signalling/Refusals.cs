using System.Diagnostics;
using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>What a room's refusals are called in docs/signalling.md.</summary>
internal static class Refusals
{
    public static (string Reason, string Message) Of(Admission admission) => admission switch
    {
        Admission.RoomFull => ("room-full", "The room has as many participants, or people who wait, as it may have."),
        Admission.ServerFull => ("server-full", "The server holds as many rooms as it may."),
        Admission.Removed => ("removed", "This participant was removed from the room."),
        Admission.TokenInvalid => ("token-invalid", "The join token does not hold."),
        Admission.TokenRequired => ("token-required", "This server lets in nobody without a join token."),
        Admission.Locked => ("locked", "The room is locked."),
        Admission.PasscodeRequired => ("passcode-required", "The room has a passcode."),
        Admission.PasscodeWrong => ("passcode-wrong", "The passcode is another one."),
        Admission.Rate => ("rate", "Too many passcodes were wrong; try again later."),
        Admission.TooManyWait => ("rate", "Too many people wait from this network, in all rooms together; try again later."),
        Admission.Denied => ("denied", "A host has refused it."),
        Admission.RoomEnded => ("ended", "The room has ended."),
        _ => throw new UnreachableException(),
    };
}
