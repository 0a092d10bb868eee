using System.Runtime.CompilerServices;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using Parley.Testing.Routing;
using Parley.Testing.Time;

namespace Parley.Testing;

/// <summary>
/// An internet that fits into a test: hosts, links that lose and delay, NATs, and a clock that jumps from one event to the next.
/// Everything follows from the seed, so that whatever was seen once can be seen again.
/// </summary>
/// <remarks>Nothing happens outside <see cref="RunFor"/> and <see cref="RunUntil"/>; sending only decides what will happen.</remarks>
public sealed class VirtualWorld
{
    /// <summary>A story has so many events at most: beyond that, engines answer each other in a circle.</summary>
    private const long MaxEvents = 2_000_000;

    private readonly EventQueue _events = new();
    private readonly HashSet<(VirtualHost, VirtualHost)> _cuts = [];
    private readonly AddressPlan _addresses = new();

    private VirtualWorld(int seed)
    {
        Seed = seed;
        Random = new SeededRandom(seed);
        NetworkRandom = Random.Fork();
        Internet = new VirtualNetwork(gateway: null);
    }

    /// <summary>What decides everything.</summary>
    public int Seed { get; }

    /// <summary>The time. It moves only while the world runs.</summary>
    public Instant Now { get; private set; }

    /// <summary>For the story's own choices. What networks do is drawn from another source, and each engine has its own.</summary>
    public SeededRandom Random { get; }

    /// <summary>What has happened.</summary>
    public Timeline Timeline { get; } = new();

    /// <summary>How links behave from the start, unless a host is told otherwise.</summary>
    public LinkConditions Conditions { get; set; } = new();

    internal SeededRandom NetworkRandom { get; }

    internal VirtualNetwork Internet { get; }

    /// <summary>A world in which everything follows from <paramref name="seed"/>.</summary>
    public static VirtualWorld Seeded(int seed) => new(seed);

    /// <summary>Lives a story in a world of its own; whatever is thrown in it comes out with the seed and the timeline.</summary>
    /// <exception cref="StoryFailedException">The story ended badly.</exception>
    public static void Tell(int seed, Action<VirtualWorld> story)
    {
        VirtualWorld world = new(seed);
        try
        {
            story(world);
        }
        catch (Exception e) when (e is not StoryFailedException)
        {
            throw new StoryFailedException(world, e.Message, e);
        }
    }

    /// <summary>A host with public addresses: these, or an IPv4 and an IPv6 address of its own.</summary>
    public VirtualHost Host(string name, params string[] addresses) => new(
        this, name, Internet, router: null, addresses.Length > 0 ? [.. addresses.Select(InternetAddress.Parse)] : _addresses.PublicPair());

    /// <summary>A router with a NAT, between the internet and the hosts behind it.</summary>
    public NatRouter Router(string name, Nat nat) => new(this, name, nat, Internet, _addresses);

    /// <summary>A host alone behind a router of its own.</summary>
    public VirtualHost HostBehind(Nat nat, string name) => Router($"{name}'s router", nat).Host(name);

    /// <summary>Lets nothing pass between these two, in neither direction; what is on its way arrives.</summary>
    public void Cut(VirtualHost a, VirtualHost b) => _cuts.UnionWith([(a, b), (b, a)]);

    /// <summary>Ends <see cref="Cut"/>.</summary>
    public void Heal(VirtualHost a, VirtualHost b) => _cuts.ExceptWith([(a, b), (b, a)]);

    /// <summary>Something to happen later, in the order of time.</summary>
    public void After(TimeSpan delay, Action what) => _events.Add(Now + delay, what);

    /// <summary>A line of the timeline.</summary>
    public void Note(string who, string what) => Timeline.Add(TimelineEntry.Note(Now, who, what));

    /// <summary>Lets so much time pass.</summary>
    public void RunFor(TimeSpan time)
    {
        Instant end = Now + time;
        while (_events.Next is { } next && next <= end)
        {
            Step();
        }

        Now = end;
    }

    /// <summary>Lets time pass until something has come about.</summary>
    /// <exception cref="StoryFailedException">It did not, within the time.</exception>
    public void RunUntil(Func<bool> condition, TimeSpan within, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        Instant end = Now + within;
        while (!condition())
        {
            if (_events.Next is not { } next || next > end)
            {
                Now = end;
                throw new StoryFailedException(this, $"Within {within.TotalSeconds} s, this did not come about: {what}");
            }

            Step();
        }
    }

    internal bool IsCut(VirtualHost a, VirtualHost b) => _cuts.Contains((a, b));

    private void Step()
    {
        if (_events.Decided > MaxEvents)
        {
            throw new StoryFailedException(this, $"The world does not come to rest: {MaxEvents} events.");
        }

        Now = _events.Next!.Value;
        _events.Take()();
    }
}
