using Parley.Server.Configuration;
using Parley.Server.Tests.Configuration;
using Parley.Server.Webhooks;

namespace Parley.Server.Tests.Webhooks;

public sealed class WebhookOptionsTests
{
    [Fact]
    public void By_default_nothing_is_sent_anywhere() => Read().ShouldBeEmpty();

    [Fact]
    public void Receivers_are_read_with_their_secrets()
    {
        var options = Read(
            ("Webhooks:0:Url", "https://example.org/hook?key=1"), ("Webhooks:0:Secrets", Listener.Secret),
            ("Webhooks:1:Url", "http://[::1]:5000"), ("Webhooks:1:Secrets:0", Listener.Secret), ("Webhooks:1:Secrets:1", $"whsec_{Convert.ToBase64String(new byte[64])}"));

        options.Select(receiver => receiver.Url.ToString()).ShouldBe(["https://example.org/hook?key=1", "http://[::1]:5000/"]);
        options[0].Keys.ShouldHaveSingleItem().ShouldBe(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        options[1].Keys.Select(key => key.Length).ShouldBe([24, 64]);
    }

    [Theory]
    [InlineData("Url", "")]
    [InlineData("Url", "example.org/hook")]
    [InlineData("Url", "ftp://example.org/secret-path")]
    [InlineData("Url", "file:///secret-path")]
    [InlineData("Url", "https://user:secret-path@example.org")]
    [InlineData("Url", "https://example.org/#secret-path")]
    [InlineData("Secrets", "")]
    [InlineData("Secrets", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("Secrets", "whsec_secret-path")]
    [InlineData("Secrets", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=")]
    [InlineData("Secrets", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void What_cannot_be_honoured_stops_the_start_and_no_secret_is_told(string key, string value)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["Url"] = "https://example.org", ["Secrets"] = Listener.Secret, [key] = value };

        var failure = Should.Throw<ConfigurationException>(() => Read([.. values.Select(pair => ($"Webhooks:0:{pair.Key}", pair.Value))]));

        failure.Key.ShouldBe($"Parley:Webhooks:0:{key}");
        failure.Message.ShouldNotContain("secret-path");
        failure.Message.ShouldNotContain("MfKQ");
    }

    [Fact]
    public void Eleven_receivers_are_too_many() => Should.Throw<ConfigurationException>(() => Read(
        [.. Enumerable.Range(0, 11).SelectMany(i => new[] { ($"Webhooks:{i}:Url", "https://example.org"), ($"Webhooks:{i}:Secrets", Listener.Secret) })]));

    private static IReadOnlyList<WebhookOptions> Read(params (string Key, string Value)[] values) => ParleyOptions.Read(ParleyOptionsTests.Reader(values)).Webhooks;
}
