using System.Net;
using Parley.Core.Addresses;

namespace Parley.Core.Tests.Addresses;

public sealed class InternetAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", IpFamily.IPv4)]
    [InlineData("192.0.2.1", IpFamily.IPv4)]
    [InlineData("255.255.255.255", IpFamily.IPv4)]
    [InlineData("::", IpFamily.IPv6)]
    [InlineData("2001:db8::1", IpFamily.IPv6)]
    [InlineData("::ffff:192.0.2.1", IpFamily.IPv6)]
    public void The_usual_notations_are_read_and_written_back(string text, IpFamily family)
    {
        var address = InternetAddress.Parse(text);

        address.Family.ShouldBe(family);
        address.ToString().ShouldBe(text);
        address.ToIPAddress().ShouldBe(IPAddress.Parse(text));
        InternetAddress.From(IPAddress.Parse(text)).ShouldBe(address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 192.0.2.1")]
    [InlineData("1")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("192.0.2.256")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("::1/64")]
    [InlineData("fe80::1%1")]
    [InlineData("2001:db8::1::")]
    [InlineData("localhost")]
    public void What_may_mean_something_else_is_refused(string? text)
    {
        InternetAddress.TryParse(text, out InternetAddress address).ShouldBeFalse();
        address.ShouldBe(default);
    }

    [Fact]
    public void Bytes_are_in_network_order_and_only_4_or_16_are_an_address()
    {
        byte[] v4 = [192, 0, 2, 1];
        byte[] v6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];
        InternetAddress.TryRead(v4, out InternetAddress first).ShouldBeTrue();
        InternetAddress.TryRead(v6, out InternetAddress second).ShouldBeTrue();
        first.ShouldBe(InternetAddress.FromIPv4(0xC0000201));
        second.ShouldBe(InternetAddress.Parse("2001:db8::7"));

        byte[] written = new byte[16];
        second.Write(written);
        written.ShouldBe(v6);
        first.Write(written);
        written[..4].ShouldBe(v4);

        for (int length = 0; length < 20; length++)
        {
            InternetAddress.TryRead(new byte[length], out _).ShouldBe(length is 4 or 16, $"{length} bytes");
        }
    }

    [Fact]
    public void Too_little_room_is_said_and_no_address_writes_nothing()
    {
        Should.Throw<ArgumentException>(() => InternetAddress.Parse("192.0.2.1").Write(new byte[3]));
        Should.Throw<ArgumentException>(() => InternetAddress.Parse("::1").Write(new byte[15]));
        default(InternetAddress).Write([]);
        default(InternetAddress).Length.ShouldBe(0);
        default(InternetAddress).IsUnspecified.ShouldBeTrue();
        default(InternetAddress).ToString().ShouldBe("none");
        Should.Throw<InvalidOperationException>(() => default(InternetAddress).ToIPAddress());
    }

    [Fact]
    public void IPv4_and_IPv6_with_the_same_bits_differ_and_IPv4_comes_first()
    {
        var v4 = InternetAddress.FromIPv4(1);
        var v6 = InternetAddress.FromIPv6(1);

        v4.ShouldNotBe(v6);
        (v4 < v6).ShouldBeTrue();
        (v6 > v4).ShouldBeTrue();
        (v4 <= InternetAddress.FromIPv4(1)).ShouldBeTrue();
        (InternetAddress.FromIPv4(2) >= v4).ShouldBeTrue();
        InternetAddress.Parse("9.0.0.0").CompareTo(InternetAddress.Parse("10.0.0.0")).ShouldBeNegative();
    }
}
