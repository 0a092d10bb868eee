using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Stun.Turn.Client;
using Parley.Stun.Turn.Server;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using Parley.Testing.Routing;
using static Parley.Testing.Time.Duration;

namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>
/// Some clients behind NATs of all kinds, a TURN server, and peers. For a while anything happens to them; then all is quiet, and who
/// still has an allocation must be able to use it; then everybody is gone, and nothing may be left.
/// </summary>
internal sealed class TurnStory
{
    private const int FirstPeer = 100;
    private static readonly Nat[] Nats =
    [
        Nat.OneToOne, Nat.FullCone, Nat.AddressRestricted, Nat.PortRestricted, Nat.Symmetric, Nat.UdpBlocked,
        Nat.Symmetric with { MappingLifetime = Seconds(30) },
    ];

    private readonly VirtualWorld _world;
    private readonly SeededRandom _random;
    private readonly Tally _tally;
    private readonly StoryServer _server;
    private readonly VirtualHost[] _homes;
    private readonly UdpSocket[] _peers;
    private readonly UdpSocket _stranger;
    private readonly List<StoryClient> _clients = [];

    public TurnStory(VirtualWorld world, Tally tally)
    {
        _world = world;
        _random = world.Random;
        _tally = tally;
        _server = new StoryServer(world, tally, CheckRelayedToClient, CheckIndicated);
        _stranger = world.Host("stranger").OpenUdp();
        _homes = [.. Enumerable.Range(0, 2 + _random.Next(4)).Select(Home)];
        // Two of them on one host: permissions are for hosts, channels for ports.
        VirtualHost busy = world.Host("busy peer");
        _peers = [busy.OpenUdp(), busy.OpenUdp(), world.Host("peer").OpenUdp()];
        foreach ((int index, UdpSocket socket) in _peers.Index())
        {
            socket.Received = (from, payload) => HandleAtPeer(FirstPeer + index, socket, from, payload);
        }
    }

    public void Tell()
    {
        TimeSpan turmoil = Minutes(_random.Pick([1, 3, 30]));
        int steps = _random.Between(20, 60);
        for (int step = 0; step < steps; step++)
        {
            _world.After(_random.Between(TimeSpan.Zero, turmoil), Something);
        }

        _world.RunFor(turmoil + Seconds(1));
        Quiet();
        Leave();
    }

    private VirtualHost Home(int index)
    {
        string name = $"home {index}";
        VirtualHost host = _random.Chance(0.2) ? _world.Host(name) : _world.HostBehind(_random.Pick(Nats), name);
        host.Link.Conditions = new LinkConditions
        {
            Delay = Milliseconds(_random.Between(1, 100)),
            Jitter = Milliseconds(_random.Pick([0, 5, 50])),
            Loss = _random.Pick([0, 0, 0.02, 0.2, 0.5]),
            Duplication = _random.Pick([0, 0, 0.05, 0.3]),
        };
        return host;
    }

    private void Something()
    {
        int what = _random.Next(100);
        if (what < 10 || _clients.Count == 0)
        {
            Join();
            return;
        }

        // Those who are gone are of less interest, but not of none.
        StoryClient[] here = [.. _clients.Where(client => !client.Driver.HasEnded)];
        StoryClient client = _random.Pick(here.Length > 0 && _random.Chance(0.9) ? here : [.. _clients]);
        UdpSocket peer = _random.Pick(_peers);
        switch (what)
        {
            case < 20:
                client.Permit(peer.Local.Address);
                break;
            case < 27:
                client.Bind(peer.Local);
                break;
            case < 30:
                client.Forbid(peer.Local.Address);
                break;
            case < 34:
                // Both ends are relayed: each sees the other as the server's address.
                client.Permit(_server.Address.Address);
                break;
            case < 36:
                // No server lets anybody talk to its own door.
                client.Bind(_server.Address);
                break;
            case < 52:
                SendToPeer(client, peer);
                break;
            case < 70:
                SendToRelay(FirstPeer + Array.IndexOf(_peers, peer), peer, client);
                break;
            case < 78:
                SendToOther(client, _random.Pick(_clients));
                break;
            default:
                Trouble(client, what);
                break;
        }

        client.CheckDoesNotHang();
        _server.CheckBooks();
    }

    private void Trouble(StoryClient client, int what)
    {
        switch (what)
        {
            case < 80:
                client.Driver.Close();
                break;
            case < 82:
                client.Driver.Stop();
                break;
            case < 85:
                client.Driver.MoveToAnotherPort();
                break;
            case < 87:
                client.Host.Router?.Restart();
                break;
            case < 91:
                Cut(client.Host.Link);
                break;
            case < 92:
                _server.Restart();
                break;
            case < 94:
                _server.Driver.Revoke(client.User);
                break;
            case < 95:
                _server.Users.Expire(client.User);
                break;
            case < 96:
                _server.Users.Remove(client.User);
                break;
            case < 97:
                _server.FailRelay(_random);
                break;
            default:
                Disturb(client);
                break;
        }
    }

    private void Join()
    {
        int id = _clients.Count + 1;
        VirtualHost home = _random.Pick(_homes);
        TransportProtocol transport = _random.Pick([TransportProtocol.Udp, TransportProtocol.Udp, TransportProtocol.Tcp, TransportProtocol.Tls]);
        StoryClient client = new(id, home, _server, transport, knowsPassword: _random.Chance(0.95));
        _server.Users.Add(client.User);
        client.Driver.Handler = (peer, data) => HandleAtClient(client, peer, data);
        _clients.Add(client);
        if (_random.Chance(0.5))
        {
            client.Permit(_random.Pick(_peers).Local.Address);
        }
    }

    private void Cut(Link link)
    {
        link.IsCut = true;
        _world.After(Seconds(_random.Pick([1, 10, 60, 600])), () => link.IsCut = false);
    }

    /// <summary>A stranger, who knows nothing, sends what looks like something to the door and to a relay.</summary>
    private void Disturb(StoryClient client)
    {
        byte[] noise = _random.Bytes(_random.Next(60));
        if (noise.Length > 20)
        {
            noise[0] = _random.Pick<byte>([0, 1, 0x40, 0x41]);
            new byte[] { 0x21, 0x12, 0xA4, 0x42 }.CopyTo(noise, 4);
        }

        _stranger.Send(_server.Address, noise);
        if (client.Driver.Relayed is { } relayed)
        {
            _stranger.Send(relayed, noise);
        }
    }

    private void SendToPeer(StoryClient client, UdpSocket peer) =>
        client.Driver.Send(peer.Local, StoryPayload.Make(_random, client.Id, FirstPeer + Array.IndexOf(_peers, peer)));

    private void SendToRelay(int from, UdpSocket peer, StoryClient to)
    {
        // The address may have been given to somebody else since; what is sent there is then meant for them.
        if (to.Driver.Relayed is { } relayed && Find(_server.OwnerOf(relayed)) is { } owner)
        {
            peer.Send(relayed, StoryPayload.Make(_random, from, owner.Id));
        }
    }

    private void SendToOther(StoryClient from, StoryClient to)
    {
        if (to.Driver.Relayed is { } relayed && Find(_server.OwnerOf(relayed)) is { } owner)
        {
            _server.RelaysMeet = true;
            from.Driver.Send(relayed, StoryPayload.Make(_random, from.Id, owner.Id));
        }
    }

    private void HandleAtPeer(int id, UdpSocket socket, TransportAddress from, ReadOnlySpan<byte> payload)
    {
        _tally.Add("data at a peer");
        (int sender, int to) = StoryPayload.Read(payload);
        to.ShouldBe(id, "a peer got what was meant for another");
        StoryClient client = Find($"user {sender}")!;
        client.MayMeet(socket.Local.Address).ShouldBeTrue($"user {sender} had no permission for {socket.Local.Address}");
        from.Address.ShouldBe(_server.Address.Address, "a peer sees the relay, never the client");
    }

    private void HandleAtClient(StoryClient client, TransportAddress peer, ReadOnlySpan<byte> payload)
    {
        (int sender, int to) = StoryPayload.Read(payload);
        to.ShouldBe(client.Id, "a client got what was meant for another");
        client.MayMeet(peer.Address).ShouldBeTrue($"{client.User} had no permission for {peer}");
        if (sender >= FirstPeer)
        {
            _tally.Add("data at a client");
            peer.ShouldBe(_peers[sender - FirstPeer].Local, "the sender is somebody else");
        }
        else
        {
            _tally.Add("data from relay to relay");
            peer.Address.ShouldBe(_server.Address.Address);
        }
    }

    private void CheckRelayedToClient(TransportAddress relayed, TransportAddress peer) =>
        Find(_server.OwnerOf(relayed))!.MayMeet(peer.Address).ShouldBeTrue($"{peer} reached {relayed} without a permission");

    /// <summary>The client would hide it, for it drops what it has not permitted.</summary>
    private void CheckIndicated(FiveTuple client, TransportAddress peer) =>
        Find(_server.OwnerOf(client))!.MayMeet(peer.Address).ShouldBeTrue($"{client.Client} was sent data of {peer} without a permission");

    private StoryClient? Find(string? user) => _clients.Find(client => client.User == user);

    /// <summary>No trouble any more. After the next refresh everybody knows the truth, and relays work.</summary>
    private void Quiet()
    {
        _world.Note("story", "all is quiet");
        _world.RunFor(Minutes(10));
        foreach (VirtualHost home in _homes)
        {
            home.Link.Conditions = new LinkConditions();
        }

        _world.RunFor(Minutes(70));
        foreach (StoryClient client in _clients.Where(client => !client.Driver.IsStopped))
        {
            client.CheckDoesNotHang();
            if (client.Driver.Relayed is { } relayed)
            {
                _tally.Add("allocations that lasted");
                _server.OwnerOf(relayed).ShouldBe(client.User, "a client believes in an allocation that it does not have");
                CheckWorks(client, relayed);
            }
        }
    }

    private void CheckWorks(StoryClient client, TransportAddress relayed)
    {
        foreach (UdpSocket peer in _peers.Where(peer => client.HasSteadyPath && client.Driver.Permitted.Contains(peer.Local.Address)))
        {
            (int before, int heard) = (_tally["data at a peer"], _tally["data at a client"]);
            SendToPeer(client, peer);
            SendToRelay(FirstPeer + Array.IndexOf(_peers, peer), peer, client);
            _world.RunFor(Seconds(2));
            _tally["data at a peer"].ShouldBe(before + 1, $"{client.User} sends from {relayed} to {peer.Local}, for whom it has a permission");
            _tally["data at a client"].ShouldBe(heard + 1, $"{peer.Local} sends to {relayed}, where it is permitted");
        }
    }

    private void Leave()
    {
        _world.Note("story", "everybody leaves");
        foreach (StoryClient client in _clients)
        {
            if (_random.Chance(0.5))
            {
                client.Driver.Close();
            }
            else
            {
                client.Driver.Stop();
            }
        }

        // A minute for what is on its way, and the longest lifetime there is.
        _world.RunFor(Minutes(62));
        foreach (StoryClient client in _clients)
        {
            (client.Driver.IsStopped || client.Driver.HasEnded).ShouldBeTrue($"{client.Host.Name} was told to close and did not");
            Count(client);
        }

        foreach (TurnServerEvent happened in _server.Driver.Events)
        {
            _tally.Add(happened is TurnServerEvent.AllocationEnded ended ? $"ended: {ended.Reason}" : happened.GetType().Name);
        }

        _server.CheckNothingIsLeft();
    }

    private void Count(StoryClient client)
    {
        foreach (TurnClientEvent happened in client.Driver.Events)
        {
            _tally.Add(happened switch
            {
                TurnClientEvent.Failed failed => $"failed: {failed.Code?.ToString() ?? "no answer"}",
                TurnClientEvent.PermissionRefused refused => $"permission refused: {refused.Code?.ToString() ?? "no answer"}",
                TurnClientEvent.ChannelRefused refused => $"channel refused: {refused.Code?.ToString() ?? "no answer"}",
                _ => happened.GetType().Name,
            });
        }
    }
}
