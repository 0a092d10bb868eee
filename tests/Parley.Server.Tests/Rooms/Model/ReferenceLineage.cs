using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>Which state a room of the reference is in, and where it comes from.</summary>
internal sealed class ReferenceLineage(Reference all, long life, DateTimeOffset begunAt)
{
    private long _revision;
    private Edition? _origin;
    private long _originRevision;

    public Edition Edition => new(life, _revision);

    public void Advance() => _revision++;

    public void ComeFrom(Edition edition)
    {
        _revision++;
        (_origin, _originRevision) = (edition, _revision);
    }

    /// <summary>What a token says of the room: that it has to become another, or that it is as it is.</summary>
    public (bool ComesBack, bool Current) Judge(Arrival arrival, bool isEmpty, DateTimeOffset now)
    {
        if (arrival.Claim is null)
        {
            return (false, false);
        }

        var edition = arrival.Claim.Room.Edition;
        if (edition.Life == life)
        {
            return (false, edition.Revision == _revision);
        }

        var cutOff = all.WasCutOff(edition.Life, now);
        if (arrival.NeedsToken && !cutOff)
        {
            return (false, false);
        }

        if (isEmpty)
        {
            return (true, false);
        }

        if (edition == _origin)
        {
            return (false, _revision == _originRevision);
        }

        var mayComeBack = cutOff || (edition.Life == _origin?.Life && now - begunAt < TimeSpan.FromMinutes(5));
        var later = _origin is null
            || edition.Life > _origin.Value.Life
            || (edition.Life == _origin.Value.Life && edition.Revision > _origin.Value.Revision);
        return (mayComeBack && later, false);
    }
}
