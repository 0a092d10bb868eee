using System.Net;
using Parley.Server.Listening;

namespace Parley.Server.Tests.Listening;

public sealed class LocalAddressesTests
{
    [Fact]
    public void The_likeliest_address_comes_first()
    {
        Choose(
            Interface("eth1", hasGateway: false, "10.9.9.9", "2001:db8::9"),
            Interface("wlan0", hasGateway: true, "2001:db8::7", "192.168.1.20"))
            .ShouldBe(["192.168.1.20", "10.9.9.9", "2001:db8::7", "2001:db8::9"]);
    }

    [Theory]
    [InlineData("docker0", "docker0")]
    [InlineData("br-3f2a91c0b7de", "br-3f2a91c0b7de")]
    [InlineData("vethc0ffee", "vethc0ffee")]
    [InlineData("virbr0", "virbr0")]
    [InlineData("vEthernet (WSL (Hyper-V firewall))", "Hyper-V Virtual Ethernet Adapter")]
    [InlineData("Ethernet 3", "VirtualBox Host-Only Ethernet Adapter")]
    public void Networks_that_no_phone_is_in_are_left_out(string name, string description)
    {
        var found = new LocalAddresses.Interface(name, description, HasGateway: false, [IPAddress.Parse("172.17.0.1")]);

        LocalAddresses.Choose([found]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("br0", "br0")]
    [InlineData("Ethernet", "Microsoft Hyper-V Network Adapter")]
    [InlineData("tailscale0", "tailscale0")]
    public void Others_with_similar_names_are_not(string name, string description)
    {
        var found = new LocalAddresses.Interface(name, description, HasGateway: false, [IPAddress.Parse("192.168.1.20")]);

        LocalAddresses.Choose([found]).ShouldHaveSingleItem();
    }

    [Fact]
    public void Addresses_that_work_on_one_link_or_one_machine_only_are_left_out()
    {
        Choose(Interface("eth0", hasGateway: true, "169.254.7.7", "127.0.0.2", "fe80::1", "::1", "ff02::1", "192.0.2.2")).ShouldBe(["192.0.2.2"]);
    }

    [Fact]
    public void The_real_machine_can_be_asked() => LocalAddresses.Read().ShouldAllBe(address => !IPAddress.IsLoopback(address));

    private static IEnumerable<string> Choose(params LocalAddresses.Interface[] interfaces) => LocalAddresses.Choose(interfaces).Select(address => address.ToString());

    private static LocalAddresses.Interface Interface(string name, bool hasGateway, params string[] addresses) =>
        new(name, name, hasGateway, [.. addresses.Select(IPAddress.Parse)]);
}
