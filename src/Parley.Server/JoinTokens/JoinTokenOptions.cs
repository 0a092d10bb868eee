using System.Text;
using Parley.Server.Configuration;
using Parley.Server.Jwt;

namespace Parley.Server.JoinTokens;

/// <summary><c>Parley:JoinTokens</c>: what lets another application decide who enters.</summary>
internal sealed record JoinTokenOptions
{
    private const int MaxSecrets = 10;

    /// <summary>Shared with that application; the first one signs, all verify. None: there are no join tokens, and no HTTP API.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Nobody enters without a token.</summary>
    public bool Required { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value is wrong.</exception>
    public static JoinTokenOptions Read(SectionReader section)
    {
        var options = new JoinTokenOptions
        {
            Secrets = section.Texts(nameof(Secrets)),
            Required = section.Boolean(nameof(Required), defaultValue: false),
        };
        if (options.Secrets.Count > MaxSecrets)
        {
            throw section.Bad(nameof(Secrets), $"has {options.Secrets.Count} secrets; more than {MaxSecrets} are none");
        }

        if (options.Secrets.Any(secret => Encoding.UTF8.GetByteCount(secret) < SharedSecrets.MinBytes))
        {
            throw section.Bad(nameof(Secrets), $"has one that is too short: a secret has {SharedSecrets.MinBytes} bytes or more, and no comma");
        }

        return options is { Required: true, Secrets: [] }
            ? throw section.Bad(nameof(Required), $"needs {section.KeyOf(nameof(Secrets))}: without one nobody could ever enter")
            : options;
    }
}
