using System.Net;
using Parley.Core.Addresses;

namespace Parley.Core.Tests.Addresses;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:3478")]
    [InlineData("192.0.2.1:0")]
    [InlineData("[2001:db8::1]:65535")]
    public void It_is_read_and_written_back(string text)
    {
        var address = TransportAddress.Parse(text);

        address.ToString().ShouldBe(text);
        address.ToIPEndPoint().ShouldBe(IPEndPoint.Parse(text));
        TransportAddress.From(IPEndPoint.Parse(text)).ShouldBe(address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1:")]
    [InlineData("192.0.2.1:65536")]
    [InlineData("192.0.2.1:-1")]
    [InlineData("192.0.2.1: 1")]
    [InlineData("[192.0.2.1]:1")]
    [InlineData("2001:db8::1:3478")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[[2001:db8::1]]:1")]
    [InlineData("[2001:db8::1:1")]
    [InlineData("example.org:3478")]
    public void Anything_else_is_refused(string? text) => TransportAddress.TryParse(text, out _).ShouldBeFalse();
}
