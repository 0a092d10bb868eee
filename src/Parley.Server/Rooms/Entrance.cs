namespace Parley.Server.Rooms;

/// <summary>The doors of a room, and who passes them.</summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class Entrance(Guesses guesses)
{
    public Doors Doors { get; set; } = Doors.Open;

    /// <summary>Judges somebody new, in the order of docs/signalling.md.</summary>
    /// <param name="arrival">Who it is.</param>
    /// <param name="seat">The seat that it is proven to have had in this room.</param>
    /// <returns><see cref="Admission.Admitted"/>, <see cref="Admission.Waiting"/> or why not.</returns>
    public Admission Judge(Arrival arrival, ParticipantId? seat)
    {
        if (arrival.HasBadToken)
        {
            return Admission.TokenInvalid;
        }

        if (arrival.NeedsToken && arrival.Grant is null)
        {
            return Admission.TokenRequired;
        }

        if (Judge(arrival.Grant) is not Admission.PasscodeRequired and var verdict)
        {
            return verdict;
        }

        if (arrival.Passcode is not { } passcode)
        {
            return Admission.PasscodeRequired;
        }

        // The right one, too: else the answer would tell what was asked.
        if (!guesses.MayTry(arrival.Address, seat))
        {
            return Admission.Rate;
        }

        if (passcode != Doors.Code)
        {
            guesses.Add(arrival.Address, seat);
            return Admission.PasscodeWrong;
        }

        return Doors.WaitingRoom ? Admission.Waiting : Admission.Admitted;
    }

    /// <summary>Judges somebody new who knows no passcode, by what another application lets it do.</summary>
    public Admission Judge(JoinTokenGrant? grant) =>
        grant is { Role: Role.Host } ? Admission.Admitted
        : Doors.Locked ? Admission.Locked
        : Doors.Passcode && grant is null ? Admission.PasscodeRequired
        : Doors.WaitingRoom ? Admission.Waiting
        : Admission.Admitted;
}
