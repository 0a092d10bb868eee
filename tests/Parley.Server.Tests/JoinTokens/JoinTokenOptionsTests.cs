using Parley.Server.Configuration;
using Parley.Server.JoinTokens;
using Parley.Server.Tests.Configuration;

namespace Parley.Server.Tests.JoinTokens;

public sealed class JoinTokenOptionsTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Without_a_secret_there_are_no_join_tokens() => Read().ShouldSatisfyAllConditions(
        options => options.Secrets.ShouldBeEmpty(),
        options => options.Required.ShouldBeFalse());

    [Fact]
    public void Secrets_are_read_in_their_order() =>
        Read(("JoinTokens:Secrets:0", Secret), ("JoinTokens:Secrets:1", "ü" + Secret[2..]), ("JoinTokens:Required", "true")).ShouldSatisfyAllConditions(
            options => options.Secrets.ShouldBe([Secret, "ü" + Secret[2..]]),
            options => options.Required.ShouldBeTrue());

    [Theory]
    [InlineData("JoinTokens:Secrets", "0123456789abcdef0123456789abcde")]
    [InlineData("JoinTokens:Secrets", "0123456789abcdef0123456789abcdef,short")]
    [InlineData("JoinTokens:Secrets", "a,a,a,a,a,a,a,a,a,a,a")]
    [InlineData("JoinTokens:Required", "true")]
    [InlineData("JoinTokens:Required", "maybe")]
    [InlineData("JoinTokens:Secret", "0123456789abcdef0123456789abcdef")]
    public void What_cannot_be_honoured_stops_the_start_and_no_secret_is_told(string key, string value)
    {
        var reader = ParleyOptionsTests.Reader((key, value));

        var failure = Should.Throw<ConfigurationException>(() => ParleyOptions.Read(reader));

        failure.Message.ShouldStartWith($"Parley:{key} ");
        failure.Message.ShouldNotContain("0123456789abcde");
    }

    private static JoinTokenOptions Read(params (string Key, string Value)[] values) => ParleyOptions.Read(ParleyOptionsTests.Reader(values)).JoinTokens;
}
