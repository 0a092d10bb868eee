using Parley.Server.Configuration;
using Parley.Server.Listening;

namespace Parley.Server.Https;

/// <summary><c>Parley:Https</c>: where the certificate comes from.</summary>
internal sealed record HttpsOptions
{
    /// <summary>The PEM files; null for none.</summary>
    public PemFiles? Files { get; init; }

    /// <summary>Whether the server makes a certificate for itself.</summary>
    public bool SelfSigned { get; init; }

    /// <summary>The port on all interfaces; null for the default one.</summary>
    public int? Port { get; init; }

    /// <summary>Where to listen, unless the configuration names addresses; null without a certificate.</summary>
    public HttpsListener? Listener =>
        Files is null && !SelfSigned ? null : new(Port ?? ListeningPlan.HttpsPort, IsDefault: Port is null);

    public static HttpsOptions Read(SectionReader section)
    {
        var certificate = section.Text("Certificate");
        var key = section.Text("Key");
        var options = new HttpsOptions
        {
            SelfSigned = section.Boolean(nameof(SelfSigned), defaultValue: false),
            Port = section.Integer(nameof(Port), defaultValue: -1, minimum: 0, maximum: 65535) is var port and >= 0 ? port : null,
        };
        if (certificate is null || key is null)
        {
            return (certificate, key) switch
            {
                (not null, null) => throw section.Bad("Key", $"is missing: {section.KeyOf("Certificate")} needs the private key that belongs to it"),
                (null, not null) => throw section.Bad("Certificate", $"is missing: {section.KeyOf("Key")} needs the certificate that it belongs to"),
                _ when options is { Port: not null, SelfSigned: false } => throw section.Bad(
                    nameof(Port), $"needs a certificate: {section.KeyOf("Certificate")} and {section.KeyOf("Key")}, or {section.KeyOf(nameof(SelfSigned))}"),
                _ => options,
            };
        }

        return options.SelfSigned
            ? throw section.Bad(nameof(SelfSigned), $"cannot be true beside {section.KeyOf("Certificate")}: which one is meant?")
            : options with { Files = new(section, certificate, key) };
    }
}
