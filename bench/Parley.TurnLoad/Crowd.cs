using System.Net;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Turn.Client;

namespace Parley.TurnLoad;

/// <summary>All clients and peers of a run.</summary>
internal sealed class Crowd : IDisposable
{
    // So many clients ask at a time: no flood, but no waiting either.
    private const int Asking = 200;
    private const int FlowsPerPeer = 10;

    // What one client address may have is limited by servers; thirty people behind one address are the rule, ten thousand are not.
    private const int FlowsPerAddress = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LoadLoop _loop = new();
    private readonly List<EchoPeer> _peers = [];
    private readonly List<Flow> _flows = [];

    public Crowd(LoadOptions options)
    {
        for (int i = 0; i < options.Flows; i++)
        {
            if (i % FlowsPerPeer == 0)
            {
                _peers.Add(new EchoPeer(options.Server.Address));
                _loop.Add(_peers[^1]);
            }

            _flows.Add(new Flow(_loop, i, ClientOptions(options, i), ServerLink.Open(options, LocalOf(options.Server.Address, i)), _peers[^1].Address, options.Size, RoundTrips));
        }
    }

    public IReadOnlyList<Flow> Flows => _flows;

    public RoundTrips RoundTrips { get; } = new();

    /// <summary>Packets that peers have got.</summary>
    public long ArrivedAtPeers => _peers.Sum(peer => peer.Arrived);

    /// <summary>Packets that have come back to clients.</summary>
    public long ArrivedAtClients => _flows.Sum(flow => (long)flow.Arrived);

    /// <summary>What the operating system did not take from clients and peers.</summary>
    public long Unsent => _peers.Sum(peer => peer.Unsent) + _flows.Sum(flow => (long)flow.Unsent);

    /// <summary>Requests of all clients, repetitions included.</summary>
    public long Requests => _flows.Sum(flow => (long)flow.Requests);

    /// <summary>Makes all allocations and binds all channels.</summary>
    /// <exception cref="LoadFailedException">One is refused, or it takes too long.</exception>
    public void Open() => ForEach((flow, now) => flow.Open(now), flow => flow.IsReady, "has a channel");

    /// <summary>Gives all allocations back.</summary>
    /// <exception cref="LoadFailedException">It takes too long.</exception>
    public void Close() => ForEach((flow, now) => flow.Close(now), flow => flow.IsClosed, "has given its allocation back");

    /// <summary>Lets time pass, and packets flow if there is a pacer.</summary>
    /// <exception cref="LoadFailedException">An allocation is lost.</exception>
    public void Run(TimeSpan time, Pacer? pacer = null)
    {
        Instant end = LoadLoop.Now + time;
        for (Instant now = LoadLoop.Now; now < end; now = LoadLoop.Now)
        {
            pacer?.SendDue(now);
            _loop.Turn(pacer is not null && pacer.Next < end ? pacer.Next : end);
        }

        if (_flows.Find(flow => flow.Failure is not null) is { } failed)
        {
            throw new LoadFailedException(failed.Failure!);
        }
    }

    public void Dispose()
    {
        _flows.ForEach(flow => flow.Dispose());
        _peers.ForEach(peer => peer.Dispose());
        _loop.Dispose();
    }

    private void ForEach(Action<Flow, Instant> begin, Func<Flow, bool> isDone, string what)
    {
        Instant end = LoadLoop.Now + Patience;
        var under = new List<Flow>();
        int begun = 0;
        while (begun < _flows.Count || under.Count > 0)
        {
            while (begun < _flows.Count && under.Count < Asking)
            {
                under.Add(_flows[begun]);
                begin(_flows[begun++], LoadLoop.Now);
            }

            _loop.Turn(end);
            under.RemoveAll(flow => flow.Failure is { } failure ? throw new LoadFailedException(failure) : isDone(flow));
            if (LoadLoop.Now >= end)
            {
                throw new LoadFailedException($"After {Patience.TotalSeconds} s, one of {under.Count + _flows.Count - begun} clients still not {what}.");
            }
        }
    }

    private static TurnClientOptions ClientOptions(LoadOptions options, int index) => new()
    {
        Transport = options.Tcp ? TransportProtocol.Tcp : TransportProtocol.Udp,
        Username = $"user-{index % options.Users}",
        Password = options.Password,
    };

    // All of 127.0.0.0/8 is this machine. The first one is left to the server: it needs the ports for its relays.
    private static IPEndPoint? LocalOf(IPAddress server, int index) => server.Equals(IPAddress.Loopback)
        ? new IPEndPoint(new IPAddress([127, 0, (byte)(1 + (index / FlowsPerAddress)), 1]), 0)
        : null;
}
