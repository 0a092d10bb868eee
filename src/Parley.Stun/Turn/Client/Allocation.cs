using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Client;

/// <summary>The one allocation of a client: asked for, kept, given up (RFC 8656, sections 6 to 8).</summary>
/// <remarks>Idle → Allocating → Held → Closing → Ended; from everywhere to Ended.</remarks>
internal sealed class Allocation(TurnClientOptions options)
{
    /// <summary>So long before the end it is refreshed: a request over UDP is given up after 39.5 s.</summary>
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(1);

    /// <summary>Refreshed at least so often, whatever the server grants.</summary>
    private static readonly TimeSpan MaxRefreshInterval = TimeSpan.FromHours(1);

    private State _state = State.Idle;
    private Instant _refreshAt;
    private Instant _expiresAt;
    private bool _isRefreshing;

    private enum State
    {
        Idle,
        Allocating,
        Held,
        Closing,
        Ended,
    }

    public bool IsIdle => _state == State.Idle;

    public bool IsAllocating => _state == State.Allocating;

    public bool IsHeld => _state == State.Held;

    public bool IsClosing => _state == State.Closing;

    public bool HasEnded => _state == State.Ended;

    /// <summary>When it is to be refreshed, or, while that is under way, when it is lost.</summary>
    public Instant? NextTimeout => _state != State.Held ? null : _isRefreshing ? _expiresAt : _refreshAt;

    public TurnRequest Start()
    {
        _state = State.Allocating;
        return new TurnRequest.Allocate(options.Family, options.Lifetime);
    }

    /// <summary>The refresh that is due.</summary>
    public TurnRequest? TakeDue(Instant now)
    {
        if (_state != State.Held || _isRefreshing || now < _refreshAt)
        {
            return null;
        }

        _isRefreshing = true;
        return new TurnRequest.Refresh(options.Lifetime);
    }

    /// <summary>Whether it was not refreshed in time.</summary>
    public bool HasExpired(Instant now) => _state == State.Held && now >= _expiresAt;

    /// <summary>Reads the answer to Allocate; null: it does not say what it has to.</summary>
    public TurnClientEvent.Allocated? HandleAllocated(Instant now, StunMessage response)
    {
        if (!response.TryGetXorAddress(StunAttributeType.XorRelayedAddress, out TransportAddress relayed)
            || !response.TryGetXorAddress(StunAttributeType.XorMappedAddress, out TransportAddress mapped)
            || !TryHold(now, response, out TimeSpan lifetime))
        {
            return null;
        }

        _state = State.Held;
        return new TurnClientEvent.Allocated(relayed, mapped, lifetime);
    }

    /// <summary>Reads the answer to Refresh; false: it does not say what it has to.</summary>
    public bool HandleRefreshed(Instant now, StunMessage response)
    {
        _isRefreshing = false;
        return TryHold(now, response, out _);
    }

    /// <summary>A lifetime of 0 gives it up (RFC 8656, section 8).</summary>
    public TurnRequest Close()
    {
        _state = State.Closing;
        return new TurnRequest.Refresh(TimeSpan.Zero);
    }

    public void End() => _state = State.Ended;

    private bool TryHold(Instant now, StunMessage response, out TimeSpan lifetime)
    {
        bool isGranted = response.TryGetUInt32(StunAttributeType.Lifetime, out uint seconds) && seconds > 0;
        lifetime = TimeSpan.FromSeconds(seconds);
        _expiresAt = now + lifetime;
        TimeSpan wait = lifetime >= RefreshBefore * 2 ? lifetime - RefreshBefore : lifetime / 2;
        _refreshAt = now + (wait < MaxRefreshInterval ? wait : MaxRefreshInterval);
        return isGranted;
    }
}
