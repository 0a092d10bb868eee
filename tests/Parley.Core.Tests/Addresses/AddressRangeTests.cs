using Parley.Core.Addresses;

namespace Parley.Core.Tests.Addresses;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0")]
    [InlineData("192.0.2.128/25", "192.0.2.128", "192.0.2.255", "192.0.2.127", "192.0.3.0")]
    [InlineData("192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.6", "192.0.2.8")]
    [InlineData("fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fbff:ffff::", "fe00::")]
    [InlineData("2001:db8::1/128", "2001:db8::1", "2001:db8::1", "2001:db8::", "2001:db8::2")]
    public void Its_ends_are_inside_and_their_neighbours_are_not(string text, string first, string last, string before, string after)
    {
        var range = AddressRange.Parse(text);

        range.Contains(InternetAddress.Parse(first)).ShouldBeTrue();
        range.Contains(InternetAddress.Parse(last)).ShouldBeTrue();
        range.Contains(InternetAddress.Parse(before)).ShouldBeFalse();
        range.Contains(InternetAddress.Parse(after)).ShouldBeFalse();
        AddressRange.Parse(range.ToString()).ShouldBe(range);
    }

    [Fact]
    public void A_prefix_of_no_bits_is_the_whole_family_and_nothing_of_the_other()
    {
        var all4 = AddressRange.Parse("0.0.0.0/0");
        var all6 = AddressRange.Parse("::/0");
        var v4 = InternetAddress.Parse("255.255.255.255");
        var v6 = InternetAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

        (all4.Contains(v4), all4.Contains(v6), all4.Contains(default)).ShouldBe((true, false, false));
        (all6.Contains(v4), all6.Contains(v6), all6.Contains(default)).ShouldBe((false, true, false));
        default(AddressRange).Contains(default).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("::/129")]
    [InlineData("2001:db8::1/32")]
    public void What_is_no_range_or_not_clear_is_refused(string? text) => AddressRange.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_prefix_that_the_address_has_not_is_a_mistake()
    {
        Should.Throw<ArgumentException>(() => new AddressRange(default, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new AddressRange(InternetAddress.Parse("10.0.0.0"), 33));
        Should.Throw<ArgumentOutOfRangeException>(() => new AddressRange(InternetAddress.Parse("10.0.0.0"), -1));
    }
}
