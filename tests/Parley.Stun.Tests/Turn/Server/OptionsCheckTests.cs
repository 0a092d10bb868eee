using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class OptionsCheckTests
{
    public static TheoryData<string, TurnServerOptions> Contradictions => new()
    {
        { "no realm", TurnWorld.Defaults with { Realm = "" } },
        { "long realm", TurnWorld.Defaults with { Realm = new string('x', 128) } },
        { "short key", TurnWorld.Defaults with { NonceKey = new byte[31] } },
        { "short nonces", TurnWorld.Defaults with { NonceLifetime = TimeSpan.FromMinutes(9) } },
        { "low ports", TurnWorld.Defaults with { MinRelayPort = 1023 } },
        { "ports the wrong way round", TurnWorld.Defaults with { MinRelayPort = 2001, MaxRelayPort = 2000 } },
        { "lifetimes the wrong way round", TurnWorld.Defaults with { DefaultLifetime = TimeSpan.FromHours(2) } },
        { "relays nowhere", TurnWorld.Defaults with { RelayAddresses = [TurnWorld.Same("0.0.0.0")] } },
        { "two relays of a family", TurnWorld.Defaults with { RelayAddresses = [TurnWorld.Same("45.0.0.1"), TurnWorld.Same("45.0.0.2")] } },
        { "two families in one", TurnWorld.Defaults with { RelayAddresses = [new RelayAddress(InternetAddress.Parse("10.0.0.1"), InternetAddress.Parse("2600::1"))] } },
        { "no permissions", TurnWorld.Defaults with { Limits = new TurnLimits { PermissionsPerAllocation = 0 } } },
        { "no payload passes", TurnWorld.Defaults with { Limits = new TurnLimits { BytesPerSecondPerUser = 1000 } } },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_honoured_is_refused_at_the_start(string what, TurnServerOptions options) =>
        Should.Throw<ArgumentException>(() => new TurnWorld(options), what).Message.ShouldNotBeEmpty();
}
