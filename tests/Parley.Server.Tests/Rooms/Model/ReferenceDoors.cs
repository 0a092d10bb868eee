using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>What doors say to somebody new, by the table in docs/signalling.md. How often somebody may try is another matter.</summary>
internal static class ReferenceDoors
{
    public static Admission Judge(Doors doors, Arrival arrival)
    {
        if (arrival.HasBadToken)
        {
            return Admission.TokenInvalid;
        }

        if (arrival.NeedsToken && arrival.Grant is null)
        {
            return Admission.TokenRequired;
        }

        var verdict = Judge(doors, arrival.Grant);
        return verdict != Admission.PasscodeRequired || arrival.Passcode is null ? verdict
            : arrival.Passcode != doors.Code ? Admission.PasscodeWrong
            : doors.WaitingRoom ? Admission.Waiting
            : Admission.Admitted;
    }

    public static Admission Judge(Doors doors, JoinTokenGrant? grant) =>
        grant?.Role == Role.Host ? Admission.Admitted
        : doors.Locked ? Admission.Locked
        : doors.Passcode && grant is null ? Admission.PasscodeRequired
        : doors.WaitingRoom ? Admission.Waiting
        : Admission.Admitted;
}
