using System.Globalization;
using Parley.Server.Configuration;

namespace Parley.Server.Webhooks;

/// <summary>One receiver of <c>Parley:Webhooks</c>.</summary>
/// <param name="Url">Where events are sent. Nothing is ever sent anywhere else.</param>
/// <param name="Keys">Each signs. Receivers take an event that one of theirs has signed.</param>
internal sealed record WebhookOptions(Uri Url, IReadOnlyList<byte[]> Keys)
{
    private const string SecretPrefix = "whsec_";
    private const int MaxReceivers = 10;
    private const int MaxKeys = 4;

    // Standard Webhooks, "Signature scheme": between 24 and 64 bytes.
    private const int MinKeyBytes = 24;
    private const int MaxKeyBytes = 64;

    /// <summary>Reads the list.</summary>
    /// <exception cref="ConfigurationException">A value is wrong.</exception>
    public static IReadOnlyList<WebhookOptions> ReadAll(SectionReader parley)
    {
        var sections = parley.Sections("Webhooks");
        return sections.Count > MaxReceivers
            ? throw parley.Bad("Webhooks", string.Create(CultureInfo.InvariantCulture, $"has {sections.Count} receivers; at most {MaxReceivers} are possible"))
            : [.. sections.Select(Read)];
    }

    private static WebhookOptions Read(SectionReader section)
    {
        var text = section.Text(nameof(Url)) ?? throw section.Bad(nameof(Url), "is missing: where events are sent");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
            || url.Fragment.Length > 0)
        {
            // Not repeated: an address may have a secret in it.
            throw section.Bad(nameof(Url), "must be an address such as https://example.org/parley-events, without a user and without #");
        }

        var secrets = section.Texts("Secrets");
        return secrets.Count is 0 or > MaxKeys
            ? throw section.Bad("Secrets", $"must have 1 to {MaxKeys} secrets")
            : new(url, [.. secrets.Select(secret => ReadKey(section, secret))]);
    }

    private static byte[] ReadKey(SectionReader section, string secret)
    {
        var key = new byte[MaxKeyBytes + 3];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length)
            && length is >= MinKeyBytes and <= MaxKeyBytes
                ? key[..length]
                : throw section.Bad("Secrets", $"has one that is not \"{SecretPrefix}\" and {MinKeyBytes} to {MaxKeyBytes} bytes in base64");
    }
}
