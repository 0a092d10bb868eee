using System.Net;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("0.0.0.1", "0:0:0:1::", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void An_ipv4_address_or_an_ipv6_prefix_of_64_bits_counts_as_one(string a, string b, bool same) =>
        (AddressKey.Of(IPAddress.Parse(a)) == AddressKey.Of(IPAddress.Parse(b))).ShouldBe(same);

    [Fact]
    public void Connections_without_address_count_together() => AddressKey.Of(null).ShouldBe(AddressKey.Of(null));
}
