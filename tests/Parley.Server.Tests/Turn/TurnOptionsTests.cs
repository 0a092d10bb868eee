using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Server.Tests.Configuration;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class TurnOptionsTests
{
    [Fact]
    public void Without_any_it_is_on_and_asks_nobody()
    {
        var options = Read();

        options.ShouldSatisfyAllConditions(
            () => options.Enabled.ShouldBeTrue(),
            () => options.Port.ShouldBeNull(),
            () => options.TlsPort.ShouldBeNull(),
            () => options.Stun.ShouldBeNull(),
            () => options.External.ShouldBeEmpty(),
            () => options.Listen.ShouldBeEmpty(),
            () => options.Users.ShouldBeEmpty(),
            () => options.Secrets.ShouldBeEmpty(),
            () => (options.MinRelayPort, options.MaxRelayPort).ShouldBe(((ushort)49152, (ushort)65535)),
            () => options.Ttl.ShouldBe(TimeSpan.FromHours(6)));
    }

    [Fact]
    public void Every_key_is_read()
    {
        var options = Read(
            ("Enabled", "false"), ("Port", "3479"), ("TlsPort", "443"), ("Listen", "192.0.2.1, 2001:db8::1"), ("External", "198.51.100.7"),
            ("RelayPorts", "50000 - 50199"), ("AllowedPeers", "10.0.0.0/8"), ("DeniedPeers:0", "198.51.100.0/24"), ("DeniedPeers:1", "2001:db8::/32"),
            ("Limits:Allocations", "1"), ("Limits:AllocationsPerUser", "2"), ("Limits:AllocationsPerAddress", "3"),
            ("Limits:BytesPerSecondPerAllocation", "40000"), ("Limits:BytesPerSecondPerUser", "50000"),
            ("Limits:PermissionsPerAllocation", "6"), ("Limits:ChannelsPerAllocation", "7"),
            ("Limits:PacketsPerSecondPerAllocation", "800"), ("Limits:PacketsPerSecondPerUser", "900"),
            ("Limits:UnauthenticatedAnswersPerSecond", "10"), ("Limits:UnauthenticatedAnswersBurst", "11"),
            ("Limits:UnauthenticatedAnswersPerSecondInAll", "12"), ("TtlSeconds", "60"),
            ("Users:0:Name", "ada"), ("Users:0:Password", "lovelace"), ("Secrets", "the secret of the north, the secret of the south"));

        options.ShouldSatisfyAllConditions(
            () => (options.Enabled, options.Port, options.TlsPort, options.TtlSeconds).ShouldBe((false, 3479, 443, 60)),
            () => options.Listen.ShouldBe([InternetAddress.Parse("192.0.2.1"), InternetAddress.Parse("2001:db8::1")]),
            () => options.External.ShouldBe([InternetAddress.Parse("198.51.100.7")]),
            () => (options.MinRelayPort, options.MaxRelayPort).ShouldBe(((ushort)50000, (ushort)50199)),
            () => options.AllowedPeers.ShouldBe([AddressRange.Parse("10.0.0.0/8")]),
            () => options.DeniedPeers.ShouldBe([AddressRange.Parse("198.51.100.0/24"), AddressRange.Parse("2001:db8::/32")]),
            () => (options.Limits.Allocations, options.Limits.AllocationsPerUser, options.Limits.AllocationsPerAddress).ShouldBe((1, 2, 3)),
            () => (options.Limits.BytesPerSecondPerAllocation, options.Limits.BytesPerSecondPerUser).ShouldBe((40_000, 50_000)),
            () => (options.Limits.PermissionsPerAllocation, options.Limits.ChannelsPerAllocation).ShouldBe((6, 7)),
            () => (options.Limits.PacketsPerSecondPerAllocation, options.Limits.PacketsPerSecondPerUser).ShouldBe((800, 900)),
            () => (options.Limits.UnauthenticatedAnswersPerSecond, options.Limits.UnauthenticatedAnswersBurst).ShouldBe((10, 11)),
            () => options.Limits.UnauthenticatedAnswersPerSecondInAll.ShouldBe(12),
            () => options.Users.ShouldBe([new("ada", "lovelace")]),
            () => options.Secrets.ShouldBe(["the secret of the north", "the secret of the south"]));
    }

    [Theory]
    [InlineData("stun.example.org", "stun.example.org", 3478)]
    [InlineData("stun.example.org:19302", "stun.example.org", 19302)]
    [InlineData("192.0.2.1", "192.0.2.1", 3478)]
    [InlineData("[2001:db8::1]:3479", "2001:db8::1", 3479)]
    public void A_STUN_server_is_a_host_with_or_without_a_port(string text, string host, int port) =>
        Read(("Stun", text)).Stun.ShouldBe(new(host, port));

    [Fact]
    public void An_address_that_is_known_is_not_asked_for()
    {
        Fault(("External", "198.51.100.7"), ("Stun", "stun.example.org")).Key.ShouldBe("Parley:Turn:Stun");
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void An_external_address_leads_to_this_machine_from_somewhere_else(string address)
    {
        var fault = Fault(("External", address));

        fault.Key.ShouldBe("Parley:Turn:External");
        fault.Message.ShouldContain($"nobody does by {address}");
    }

    [Fact]
    public void Two_users_of_one_name_are_refused_and_no_password_is_printed()
    {
        var fault = Fault(("Users:0:Name", "ada"), ("Users:0:Password", "SECRET"), ("Users:1:Name", "ada"), ("Users:1:Password", "SECRET"));

        fault.Key.ShouldBe("Parley:Turn:Users");
        fault.Message.ShouldNotContain("SECRET");
    }

    private static TurnOptions Read(params (string Key, string Value)[] values) =>
        TurnOptions.Read(ParleyOptionsTests.Reader([.. values.Select(value => ($"Turn:{value.Key}", value.Value))]).Section("Turn"));

    private static ConfigurationException Fault(params (string Key, string Value)[] values) => Should.Throw<ConfigurationException>(() => Read(values));
}
