using Parley.Core.Time;

namespace Parley.Testing.Hosts;

/// <summary>
/// Runs an engine on a host: wakes it when it wants to be woken, and carries off what it wants to be sent. What a driver of
/// Parley.Net does with sockets and clocks, and stricter: an engine that is woken and still wants to have been is a failure.
/// </summary>
public abstract class EngineDriver(VirtualHost host)
{
    /// <summary>An engine may do its work in pieces, but not in so many at one instant.</summary>
    private const int MaxWakesAtOnce = 100;

    private Instant? _armed;
    private Instant _lastWake;
    private int _wakesAtOnce;

    /// <summary>Where the engine runs.</summary>
    public VirtualHost Host => host;

    /// <summary>Nothing reaches the engine any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The time of the world.</summary>
    protected Instant Now => host.World.Now;

    /// <summary>The engine's.</summary>
    protected abstract Instant? NextTimeout { get; }

    /// <summary>The engine vanishes, as in a crash: it says goodbye to nobody.</summary>
    public virtual void Stop() => IsStopped = true;

    /// <summary>Tells the engine that its time has come.</summary>
    protected abstract void HandleTimeout(Instant now);

    /// <summary>Polls the engine until it has nothing more to say.</summary>
    protected abstract void Drain();

    /// <summary>To be called after every call of the engine.</summary>
    protected void Drive()
    {
        if (!IsStopped)
        {
            Drain();
            Arm();
        }
    }

    private void Arm()
    {
        if (NextTimeout is not { } next || _armed <= next)
        {
            return;
        }

        Instant wake = next < Now ? Now : next;
        _armed = wake;
        host.World.After(wake - Now, () => Wake(wake));
    }

    private void Wake(Instant wake)
    {
        if (IsStopped || _armed != wake)
        {
            return;
        }

        _armed = null;
        if (NextTimeout is { } due && due <= Now)
        {
            _wakesAtOnce = _lastWake == Now ? _wakesAtOnce + 1 : 1;
            _lastWake = Now;
            if (_wakesAtOnce > MaxWakesAtOnce)
            {
                throw new StoryFailedException(
                    host.World, $"{GetType().Name} at {host.Name} was woken {MaxWakesAtOnce} times at {Now}, and wants to be woken at {due}.");
            }

            HandleTimeout(Now);
            Drive();
        }
        else
        {
            Arm();
        }
    }
}
