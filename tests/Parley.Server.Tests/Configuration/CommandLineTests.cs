using Parley.Server.Configuration;

namespace Parley.Server.Tests.Configuration;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--urls", "http://*:80", "--help")]
    public void Help_is_asked_for_anywhere(params string[] args) => CommandLine.AsksForHelp(args).ShouldBeTrue();

    [Fact]
    public void Help_lists_every_key_that_the_server_reads()
    {
        var reader = ParleyOptionsTests.Reader(
            ("IceServers:0:Urls", "stun:example.org"), ("Turn:Users:0:Name", "ada"), ("Turn:Users:0:Password", "lovelace"),
            ("Webhooks:0:Url", "https://example.org"), ("Webhooks:0:Secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        ParleyOptions.Read(reader);

        var listed = CommandLine.Help.Split('\n').Where(line => line.StartsWith("  Parley:", StringComparison.Ordinal)).Select(line => line.TrimStart().Split(' ')[0]);

        listed.ShouldBe(reader.KnownKeys, ignoreOrder: true);
        CommandLine.Help.Split('\n').ShouldAllBe(line => line.Length <= 100);
    }

    [Theory]
    [InlineData("--urls", "http://*:80")]
    [InlineData("--urls=http://*:80", "--Parley:Rooms:Capacity", "4")]
    [InlineData("/urls", "http://*:80")]
    [InlineData("urls=http://*:80")]
    [InlineData("--Parley:Proxies", "")]
    [InlineData("--parley:rooms:capacity", "4", "--environment", "Staging", "--Kestrel:Limits:MaxConcurrentConnections=100")]
    [InlineData]
    public void Keys_with_values_are_fine(params string[] args) => Should.NotThrow(() => CommandLine.Check(args));

    [Theory]
    [InlineData("serve", "serve")]
    [InlineData("-p", "-p", "80")]
    [InlineData("Parley:Https:SelfSigned", "--Parley:Https:SelfSigned")]
    [InlineData("Parley:Https:SelfSigned", "--Parley:Rooms:Capacity", "4", "--Parley:Https:SelfSigned")]
    [InlineData("8080", "--urls", "http://*:80", "8080")]
    [InlineData("--port", "--port", "9000")]
    [InlineData("--url", "--url=http://*:80")]
    [InlineData("--version", "--version")]
    [InlineData("--Parly:Proxies", "--Parly:Proxies", "loopback")]
    [InlineData("--Parley__Rooms__Capacity", "--Parley__Rooms__Capacity", "4")]
    public void What_would_be_passed_over_in_silence_is_named(string named, params string[] args) =>
        Should.Throw<ConfigurationException>(() => CommandLine.Check(args)).Message.ShouldContain(named);
}
