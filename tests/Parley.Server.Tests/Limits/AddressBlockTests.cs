using System.Net;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void A_customer_has_one_address_of_version_4_or_a_whole_network_of_version_6(string one, string other, bool expected) =>
        AddressBlock.Of(IPAddress.Parse(one)).Equals(AddressBlock.Of(IPAddress.Parse(other))).ShouldBe(expected);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    [InlineData("2001:db8::1", "2001:db8:1::1", false)]
    public void A_network_is_an_address_of_version_4_or_a_48_of_version_6(string one, string other, bool expected) =>
        AddressBlock.Of(IPAddress.Parse(one)).Network.Equals(AddressBlock.Of(IPAddress.Parse(other)).Network).ShouldBe(expected);

    [Theory]
    [InlineData("192.0.2.1", "192.0.3.1", true)]
    [InlineData("192.0.2.1", "192.1.2.1", false)]
    [InlineData("2001:db8::1", "2001:db8:1::1", true)]
    [InlineData("2001:db8::1", "2001:db9::1", false)]
    [InlineData("192.0.2.1", "c000::1", false)]
    public void A_provider_has_a_16_of_version_4_or_a_32_of_version_6(string one, string other, bool expected) =>
        AddressBlock.Of(IPAddress.Parse(one)).Provider.Equals(AddressBlock.Of(IPAddress.Parse(other)).Provider).ShouldBe(expected);

    [Fact]
    public void No_address_is_a_block_too() => AddressBlock.Of(null).ShouldBe(AddressBlock.Of(null));
}
