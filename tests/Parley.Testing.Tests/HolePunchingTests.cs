using Parley.Core.Addresses;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using static Parley.Testing.Time.Duration;

namespace Parley.Testing.Tests;

/// <summary>
/// Two hosts learn their public addresses from a third and send to each other at the same time, which is what ICE does: which pairs
/// of NATs let them meet, as measured with the NATs of Linux.
/// </summary>
public sealed class HolePunchingTests
{
    private static readonly string[] Kinds = ["none", "one to one", "full cone", "address", "port", "symmetric", "blocked"];

    //                                   none  1:1  full  addr  port  sym  blocked
    private static readonly string[] Meet =
    [
        /* none       */ "                 +    +     +     +     +    +      -",
        /* one to one */ "                 +    +     +     +     +    +      -",
        /* full cone  */ "                 +    +     +     +     +    +      -",
        /* address    */ "                 +    +     +     +     +    +      -",
        /* port       */ "                 +    +     +     +     +    -      -",
        /* symmetric  */ "                 +    +     +     +     -    -      -",
        /* blocked    */ "                 -    -     -     -     -    -      -",
    ];

    public static TheoryData<string, string, bool> Pairs()
    {
        TheoryData<string, string, bool> pairs = [];
        foreach ((int row, string line) in Meet.Index())
        {
            foreach ((int column, string cell) in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index())
            {
                pairs.Add(Kinds[row], Kinds[column], cell == "+");
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Simultaneous_sends_open_the_way_where_the_nats_allow_it(string alices, string bobs, bool meet) => VirtualWorld.Tell(1, world =>
    {
        VirtualHost meetingPlace = world.Host("meeting place");
        Reflector reflector = new(meetingPlace.OpenUdp(3478));
        Puncher alice = new(HostBehind(world, alices, "alice"), reflector.Address);
        Puncher bob = new(HostBehind(world, bobs, "bob"), reflector.Address);
        world.RunFor(Seconds(1));

        for (int times = 0; times < 10; times++)
        {
            alice.Send(bob.PublicAddress);
            bob.Send(alice.PublicAddress);
            world.RunFor(Milliseconds(200));
        }

        (alice.HasMet && bob.HasMet).ShouldBe(meet);
    });

    private static VirtualHost HostBehind(VirtualWorld world, string kind, string name) => kind switch
    {
        "none" => world.Host(name),
        "one to one" => world.HostBehind(Nat.OneToOne, name),
        "full cone" => world.HostBehind(Nat.FullCone, name),
        "address" => world.HostBehind(Nat.AddressRestricted, name),
        "port" => world.HostBehind(Nat.PortRestricted, name),
        "symmetric" => world.HostBehind(Nat.Symmetric, name),
        _ => world.HostBehind(Nat.UdpBlocked, name),
    };

    /// <summary>Sends to the address it was told, and to whoever has sent to it.</summary>
    private sealed class Puncher
    {
        private readonly UdpSocket _socket;
        private TransportAddress? _met;

        public Puncher(VirtualHost host, TransportAddress reflector)
        {
            _socket = host.OpenUdp();
            _socket.Received = (from, payload) =>
            {
                if (from == reflector)
                {
                    PublicAddress = Reflector.Read(payload);
                    return;
                }

                _met = from;
                // Both must hear: an answer shows that the way is open in both directions.
                HasMet |= payload[0] == 1;
            };
            _socket.Send(reflector, [0]);
        }

        public TransportAddress? PublicAddress { get; private set; }

        public bool HasMet { get; private set; }

        public void Send(TransportAddress? told)
        {
            if ((_met ?? told) is { } to)
            {
                _socket.Send(to, [(byte)(_met is null ? 0 : 1)]);
            }
        }
    }
}
