using Parley.Server.Https;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class TurnVerdictTests
{
    [Fact]
    public void Of_a_server_for_this_machine_there_is_nothing_to_say() =>
        TurnVerdict.Lines(TurnServiceTests.Service(["192.168.1.5"], thisMachineOnly: true)).ShouldBeEmpty();

    [Fact]
    public void Nor_where_it_is_switched_off() => TurnVerdict.Lines(null).ShouldBeEmpty();

    [Fact]
    public void Not_even_a_port_that_was_taken_by_another_is_passed_over() =>
        TurnVerdict.Lines(TurnServiceTests.Service(["192.168.1.5"], thisMachineOnly: true, port: 3479, busy: [3478]))
            .ShouldBe(["TURN: port 3479 (in use by another program: port 3478)"]);

    [Fact]
    public void In_a_private_network_the_one_setting_is_named_that_the_world_needs() =>
        TurnVerdict.Lines(TurnServiceTests.Service(["192.168.1.5"])).ShouldBe(
        [
            "TURN: 192.168.1.5, port 3478 (udp, tcp), relay ports 49152-65535 (udp)",
            "TURN: is this for people outside your network too? Then set Parley:Turn:External to the address by which they reach this machine",
        ]);

    [Theory]
    [InlineData(nameof(ExternalSource.Configured), " (Parley:Turn:External)")]
    [InlineData(nameof(ExternalSource.Discovered), " (as Parley:Turn:Stun says)")]
    public void An_external_address_comes_with_its_origin(string source, string origin) =>
        TurnVerdict.Lines(TurnServiceTests.Service(["192.168.1.5", "fd00::5"], external: TurnPlanTests.Addresses("198.51.100.7"), source: Enum.Parse<ExternalSource>(source)))
            .ShouldBe([$"TURN: 198.51.100.7{origin}, port 3478 (udp, tcp), relay ports 49152-65535 (udp)"]);

    [Fact]
    public void A_public_server_with_a_certificate_tells_its_name_and_its_end()
    {
        var end = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
        using var made = new TestCertificate("meet.example.org", end.AddDays(-90), end);
        var certificate = new ServerCertificate(LoadedCertificate.Parse(made.FullChain, made.Key));

        TurnVerdict.Lines(TurnServiceTests.Service(["198.51.100.7"], source: ExternalSource.Own, certificate: certificate) with { HttpsSharing = HttpsSharing.Network }).ShouldBe(
        [
            "TURN: 198.51.100.7, port 3478 (udp, tcp), 5349 (tls) and the port of https, relay ports 49152-65535 (udp)",
            "Certificate: meet.example.org, good until 2031-02-03",
        ]);
    }
}
