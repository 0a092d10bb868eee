using Parley.Server.IceServers;
using Parley.Server.Rooms;

namespace Parley.Server.Turn;

/// <summary>
/// Hands out ICE servers: those that are configured, and after them this server itself, since browsers prefer the relays that are named
/// first. Its credentials are good for whoever is here: with the seat, or the connection, they end and all that is relayed by them.
/// </summary>
internal sealed class IceServerDesk
{
    private readonly IceServerIssuer _configured;
    private readonly TurnRelay _relay;
    private readonly TurnAccounts _accounts;
    private readonly TurnOptions _options;
    private readonly TimeProvider _time;

    public IceServerDesk(IceServerIssuer configured, TurnRelay relay, TurnAccounts accounts, TurnOptions options, RoomDirectory rooms, TimeProvider time)
    {
        (_configured, _relay, _accounts, _options, _time) = (configured, relay, accounts, options, time);
        rooms.WhenSeatEnds(seat => Close(seat.Value));
    }

    /// <summary>
    /// For somebody who has taken a seat, for the first time or again. Called under the room's lock, so that the seat cannot have ended
    /// meanwhile.
    /// </summary>
    public IceServerList Admit(ParticipantId participant, PageAddress page)
    {
        _accounts.Open(participant.Value);
        return Renew(participant, page);
    }

    /// <summary>For somebody who has a seat: the same with fresh credentials. If the seat has ended just now, without ours.</summary>
    public IceServerList Renew(ParticipantId participant, PageAddress page) =>
        Join(_configured.IssueFor(participant), participant.Value, page, _options.Ttl);

    /// <summary>For somebody without a seat who looks whether a call would find a path.</summary>
    /// <param name="holder">A random id of its own.</param>
    /// <param name="page">How it has reached this server.</param>
    /// <param name="lifetime">Of the credentials.</param>
    /// <param name="maxAllocations">At one time.</param>
    public IceServerList Diagnose(ParticipantId holder, PageAddress page, TimeSpan lifetime, int maxAllocations)
    {
        _accounts.Open(holder.Value, maxAllocations);
        return Join(_configured.IssueFor(holder, lifetime), holder.Value, page, lifetime);
    }

    /// <summary>Ends the credentials of somebody, and what is relayed by them.</summary>
    public void Close(string holder) => _relay.Revoke(_accounts.Close(holder));

    private IceServerList Join(IceServerList configured, string holder, PageAddress page, TimeSpan lifetime)
    {
        if (_relay.Service?.UrlsFor(page) is not { Turn.Count: > 0 } urls || !_accounts.TryGet(holder, out var account))
        {
            return configured;
        }

        var expiresAt = _time.GetUtcNow() + lifetime;
        var (username, password) = account.Mint(expiresAt);
        return new(
            [.. configured.Servers, new(urls.Stun, null, null), new(urls.Turn, username, password)],
            Math.Min(configured.ExpiresAt ?? long.MaxValue, expiresAt.ToUnixTimeSeconds() * 1000));
    }
}
