namespace Parley.Server.Rooms;

/// <summary>
/// Which state a room is in, and what a token is worth in it that tells of another one. Rooms end and come back, by themselves or because
/// the server was started anew; the tokens of those who come back are then all that is known. Whatever their order, the latest one counts.
/// </summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class Lineage(RoomRegister register)
{
    private readonly long _life = register.NextLife();
    private readonly DateTimeOffset _beganAt = register.Now;
    private long _revision;

    // What the room came back from, and its own revision at that moment.
    private Edition? _origin;
    private long _originRevision;

    public Edition Edition => new(_life, _revision);

    /// <summary>Whether a state was one of this room's: since it began, or in the life that it has come back from.</summary>
    public bool Includes(Edition edition) => edition.Life == _life || edition.Life == _origin?.Life;

    /// <summary>The room has changed: tokens that were issued before are not the latest any more.</summary>
    public void Advance() => _revision++;

    /// <summary>What a token is worth.</summary>
    /// <param name="edition">The state in which it was issued.</param>
    /// <param name="isEmpty">Its bearer is about to open the room.</param>
    /// <param name="isStrict">Nobody enters without a join token: then a life that has ended by itself lets nobody in again.</param>
    public Standing Judge(Edition edition, bool isEmpty, bool isStrict)
    {
        if (edition.Life == _life)
        {
            return edition.Revision == _revision ? Standing.Current : Standing.Outdated;
        }

        // Only a restart ends a life without anybody's doing, and people are back soon after. Otherwise who was host last week would be host
        // of those who meet today.
        var isCutOff = register.WasCutOff(edition.Life);
        if (isStrict && !isCutOff)
        {
            return Standing.Outdated;
        }

        if (isEmpty)
        {
            return Standing.Later;
        }

        if (edition == _origin)
        {
            return _revision == _originRevision ? Standing.Current : Standing.Outdated;
        }

        // The same, where whoever had left early was the first to come back.
        var isOfOrigin = edition.Life == _origin?.Life && register.IsRestoring(_beganAt);
        return (isCutOff || isOfOrigin) && (_origin is not { } origin || edition.IsLaterThan(origin))
            ? Standing.Later
            : Standing.Outdated;
    }

    /// <summary>The room comes back from this state. What was issued in this life so far is outdated.</summary>
    public void ComeFrom(Edition edition)
    {
        _revision++;
        (_origin, _originRevision) = (edition, _revision);
    }
}

/// <summary>What a seat token is worth whose seat is not held.</summary>
internal enum Standing
{
    /// <summary>Good for the id and the place in the order, and for no more.</summary>
    Outdated,

    /// <summary>It tells of the room as it is: good for the seat and its role.</summary>
    Current,

    /// <summary>The room has to become what it tells of.</summary>
    Later,
}
