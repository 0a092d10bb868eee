using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Turn.Client;
using Parley.Testing.Hosts;
using Parley.Testing.Turn;
using static Parley.Testing.Time.Duration;

namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>A client of a story, and what it may expect.</summary>
internal sealed class StoryClient
{
    /// <summary>
    /// A server keeps a permission for 5 minutes after a request that may have been repeated for 40 s and then been late.
    /// </summary>
    private static readonly TimeSpan LongestPermission = Seconds(300 + 40 + 5);

    /// <summary>401, then an answer, and once 438 between them: each may take until a request is given up.</summary>
    private static readonly TimeSpan LongestWait = Seconds(3 * 40);

    private readonly Dictionary<InternetAddress, Instant?> _permitted = [];
    private readonly Instant _begun;

    public StoryClient(int id, VirtualHost host, StoryServer server, TransportProtocol transport, bool knowsPassword)
    {
        Id = id;
        User = $"user {id}";
        Host = host;
        Transport = transport;
        TimeSpan?[] lifetimes = [null, null, Minutes(60), Minutes(1), Minutes(12)];
        Driver = new TurnClientDriver(host, server.Address, new TurnClientOptions
        {
            Transport = transport,
            Username = User,
            Password = knowsPassword ? TurnUsers.PasswordOf(User) : "a guess",
            Lifetime = host.World.Random.Pick(lifetimes),
        });
        _begun = host.World.Now;
        Driver.Start();
    }

    /// <summary>In what it sends, and in what is sent to it.</summary>
    public int Id { get; }

    public string User { get; }

    public VirtualHost Host { get; }

    public TransportProtocol Transport { get; }

    public TurnClientDriver Driver { get; }

    /// <summary>Between it and the server there is a connection, or nothing that forgets it.</summary>
    public bool HasSteadyPath => Transport != TransportProtocol.Udp || Host.Router is null;

    public void Permit(InternetAddress peer)
    {
        _permitted[peer] = null;
        Driver.Permit(peer);
    }

    public void Bind(TransportAddress peer)
    {
        _permitted[peer.Address] = null;
        HasChannelsTo.Add(peer.Address);
        Driver.Bind(peer);
    }

    /// <summary>A channel renews its permission for as long as it lives, so that one is not forbidden any more.</summary>
    public void Forbid(InternetAddress peer)
    {
        if (_permitted.TryGetValue(peer, out Instant? until) && until is null && !HasChannelsTo.Contains(peer))
        {
            _permitted[peer] = Host.World.Now + LongestPermission;
            Driver.Forbid(peer);
        }
    }

    /// <summary>Whether data may pass between it and this peer now.</summary>
    public bool MayMeet(InternetAddress peer) =>
        _permitted.TryGetValue(peer, out Instant? until) && (until is null || Host.World.Now <= until);

    /// <summary>It does not hang: after the longest time that everything can take, it has an allocation or knows that it has none.</summary>
    public void CheckDoesNotHang()
    {
        if (!Driver.IsStopped && Host.World.Now - _begun > LongestWait)
        {
            Driver.IsWaiting.ShouldBeFalse($"{Host.Name} has neither an allocation nor given up");
        }
    }

    private HashSet<InternetAddress> HasChannelsTo { get; } = [];
}
