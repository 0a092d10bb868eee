using Parley.Server.IceServers;

namespace Parley.Server.Tests.IceServers;

public sealed class IceServerUriTests
{
    /// <summary>The examples of RFC 7064, appendix A, and RFC 7065, appendix A, and their corners.</summary>
    [Theory]
    [InlineData("stun:example.org", "stun", "example.org", null, null)]
    [InlineData("stun:example.org:8000", "stun", "example.org", 8000, null)]
    [InlineData("turn:example.org", "turn", "example.org", null, null)]
    [InlineData("turns:example.org", "turns", "example.org", null, null)]
    [InlineData("turn:example.org:8000", "turn", "example.org", 8000, null)]
    [InlineData("turn:example.org?transport=udp", "turn", "example.org", null, "udp")]
    [InlineData("turn:example.org?transport=tcp", "turn", "example.org", null, "tcp")]
    [InlineData("turns:example.org:443?transport=tcp", "turns", "example.org", 443, "tcp")]
    [InlineData("TURN:Example.ORG?TRANSPORT=UDP", "turn", "example.org", null, "udp")]
    [InlineData("turn:192.0.2.1:3478", "turn", "192.0.2.1", 3478, null)]
    [InlineData("turn:[2001:DB8::1]:3478?transport=tcp", "turn", "2001:db8::1", 3478, "tcp")]
    [InlineData("stun:[::1]", "stun", "::1", null, null)]
    [InlineData("stun:localhost:1", "stun", "localhost", 1, null)]
    [InlineData("stun:a_b.xn--bcher-kva.example:65535", "stun", "a_b.xn--bcher-kva.example", 65535, null)]
    public void Addresses_of_the_RFCs_are_read(string text, string scheme, string host, int? port, string? transport)
    {
        IceServerUri.TryParse(text, out var uri, out _).ShouldBeTrue();

        uri.ShouldBe(new IceServerUri(scheme, host, port, transport));
        uri.IsTurn.ShouldBe(scheme.StartsWith("turn", StringComparison.Ordinal));
        IceServerUri.TryParse(uri.ToString(), out var again, out _).ShouldBeTrue();
        again.ShouldBe(uri);
    }

    [Theory]
    [InlineData("", "begin with")]
    [InlineData("example.org", "begin with")]
    [InlineData("http://example.org", "begin with")]
    [InlineData(" turn:example.org", "begin with")]
    [InlineData("stuns:example.org", "begin with")]
    [InlineData("turn://example.org", "//")]
    [InlineData("turn:", "host")]
    [InlineData("turn::3478", "host")]
    [InlineData("turn:user@example.org", "host")]
    [InlineData("turn:example.org/path", "host")]
    [InlineData("turn:exa mple.org", "host")]
    [InlineData("turn:example..org", "host")]
    [InlineData("turn:-example.org", "host")]
    [InlineData("turn:bücher.example", "host")]
    [InlineData("turn:2001:db8::1", "host")]
    [InlineData("turn:[2001:db8::1", "host")]
    [InlineData("turn:[192.0.2.1]", "host")]
    [InlineData("turn:[fe80::1%eth0]", "host")]
    [InlineData("turn:[::1]3478", "host")]
    [InlineData("turn:1.2.3", "host")]
    [InlineData("turn:256.0.0.1", "host")]
    [InlineData("turn:010.0.0.1", "host")]
    [InlineData("turn:example.org:", "port")]
    [InlineData("turn:example.org:0", "port")]
    [InlineData("turn:example.org:65536", "port")]
    [InlineData("turn:example.org:+80", "port")]
    [InlineData("turn:example.org:80x", "port")]
    [InlineData("turn:example.org:99999999999", "port")]
    [InlineData("turn:example.org?", "transport")]
    [InlineData("turn:example.org?transport=", "transport")]
    [InlineData("turn:example.org?transport=sctp", "transport")]
    [InlineData("turn:example.org?transport=udp&x=1", "transport")]
    [InlineData("turn:example.org?ttl=1", "transport")]
    [InlineData("stun:example.org?transport=udp", "nothing after")]
    public void Everything_else_is_refused_with_the_part_that_is_wrong(string text, string part)
    {
        IceServerUri.TryParse(text, out _, out var problem).ShouldBeFalse();

        problem.ShouldContain(part);
    }

    [Fact]
    public void A_name_longer_than_DNS_allows_is_refused()
    {
        IceServerUri.TryParse($"stun:{new string('a', 64)}.org", out _, out _).ShouldBeFalse();
        IceServerUri.TryParse($"stun:{string.Join('.', Enumerable.Repeat("abcdefg", 40))}", out _, out _).ShouldBeFalse();
    }
}
