using System.Text;
using Parley.Server.Configuration;

namespace Parley.Server.IceServers;

/// <summary>One entry of <c>Parley:IceServers</c>: addresses that share their credentials.</summary>
/// <param name="Urls">One or more, in their canonical spelling.</param>
/// <param name="Credentials">Null for STUN, which needs none.</param>
internal sealed record IceServerOptions(IReadOnlyList<string> Urls, TurnCredentials? Credentials)
{
    /// <summary>RFC 8489, section 14.3; browsers make no connection at all with a longer one.</summary>
    private const int MaxUsernameBytes = 508;

    private const int MinTtlSeconds = 60;
    private const int MaxTtlSeconds = 172_800;
    private const int DefaultTtlSeconds = 86_400;

    public static IReadOnlyList<IceServerOptions> ReadAll(SectionReader parley) => [.. parley.Sections("IceServers").Select(Read)];

    private static IceServerOptions Read(SectionReader section)
    {
        var urls = section.Texts("Urls");
        if (urls is [])
        {
            throw section.Bad("Urls", "must name at least one address, such as turn:turn.example.org:3478");
        }

        IceServerUri[] uris = [.. urls.Select(url => IceServerUri.TryParse(url, out var uri, out var problem)
            ? uri
            : throw section.Bad("Urls", $"has a wrong address, {SectionReader.Quote(url)}: {problem}"))];

        var credentials = ReadCredentials(section);
        if (credentials is null && Array.Exists(uris, uri => uri.IsTurn))
        {
            throw section.Bad("Urls", "names a TURN server, which needs Username and Credential, or Secret");
        }

        if (credentials is not null && !Array.Exists(uris, uri => uri.IsTurn))
        {
            throw section.Bad("Urls", "names STUN servers only, which take no credentials");
        }

        return new([.. uris.Select(uri => uri.ToString())], credentials);
    }

    private static TurnCredentials? ReadCredentials(SectionReader section)
    {
        // Values are never part of a message here: they are secrets.
        var username = section.Text("Username");
        var credential = section.Text("Credential");
        var secret = section.Text("Secret");
        var hasTtl = section.Text("TtlSeconds") is not null;
        var ttl = section.Integer("TtlSeconds", DefaultTtlSeconds, MinTtlSeconds, MaxTtlSeconds);
        if (secret is not null)
        {
            return username is null && credential is null
                ? new TurnCredentials.Minted(secret, TimeSpan.FromSeconds(ttl))
                : throw section.Bad("Secret", "stands beside Username or Credential; give one or the other");
        }

        if (hasTtl)
        {
            throw section.Bad("TtlSeconds", "has a meaning only beside Secret");
        }

        return (username, credential) switch
        {
            (null, null) => null,
            (null, _) => throw section.Bad("Username", "is missing beside Credential"),
            (_, null) => throw section.Bad("Credential", "is missing beside Username"),
            _ when Encoding.UTF8.GetByteCount(username) > MaxUsernameBytes =>
                throw section.Bad("Username", $"must be a text of at most {MaxUsernameBytes} bytes"),
            _ => new TurnCredentials.Static(username, credential),
        };
    }
}

/// <summary>How a participant proves itself to a TURN server.</summary>
internal abstract record TurnCredentials
{
    private TurnCredentials()
    {
    }

    /// <summary>The same for everyone, for ever.</summary>
    public sealed record Static(string Username, string Credential) : TurnCredentials;

    /// <summary>Short-lived and made for each participant from a secret shared with the TURN server.</summary>
    public sealed record Minted(string Secret, TimeSpan Lifetime) : TurnCredentials;
}
