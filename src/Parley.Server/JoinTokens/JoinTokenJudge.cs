using Parley.Server.Jwt;
using Parley.Server.Rooms;
using Parley.Server.Signalling;

namespace Parley.Server.JoinTokens;

/// <summary>Judges join tokens by what docs/api.md says of them.</summary>
internal sealed class JoinTokenJudge(JwtReader reader, JoinTokenOptions options) : IJoinTokens
{
    /// <summary>The audience of a join token, if it names one: what is made for the API, or for anything else, opens no room.</summary>
    public const string Audience = "parley-join";

    private const int MaxIdLength = 128;

    public bool Required => options.Required;

    public JoinTokenVerdict Judge(string token, string room)
    {
        var reading = reader.Read(token);
        return reading.Claims is null ? Refused(reading.Problem) : Judge(reading.Claims, room);
    }

    private static JoinTokenVerdict Judge(JwtClaims claims, string room)
    {
        if (claims.Has("aud") && claims.Audience != Audience)
        {
            return Refused($"The token's \"aud\" is not {Audience}: it is made for something else.");
        }

        if (claims.Text("room") is not { } named || !Words.TryRoomName(named, out var roomName))
        {
            return Refused("The token has no \"room\" that is the name of one.");
        }

        if (roomName != room)
        {
            return Refused("The token is for another room.");
        }

        string? name = null;
        if (claims.Has("name") && (claims.Text("name") is not { } text || !Words.TryDisplayName(text, out name)))
        {
            return Refused("The token's \"name\" is no display name: 1 to 64 characters, none of them a control character.");
        }

        if (!TryRole(claims, out var role))
        {
            return Refused("The token's \"role\" is neither \"host\" nor \"participant\".");
        }

        // The person goes before the paper: who is removed stays out with a fresh token too.
        return TryId(claims, "sub", out var person) && TryId(claims, "jti", out var paper)
            ? new JoinTokenVerdict.Granted(new(role, name, person ?? paper))
            : Refused($"The token's \"sub\" or \"jti\" is no text of 1 to {MaxIdLength} characters.");
    }

    private static bool TryRole(JwtClaims claims, out Role role)
    {
        role = claims.Text("role") == "host" ? Role.Host : Role.Participant;
        return !claims.Has("role") || claims.Text("role") is "host" or "participant";
    }

    private static bool TryId(JwtClaims claims, string name, out string? id)
    {
        // A person and a token may be called the same.
        var text = claims.Text(name);
        id = text is null ? null : $"{name}:{text}";
        return !claims.Has(name) || text is { Length: > 0 and <= MaxIdLength };
    }

    private static JoinTokenVerdict.Refused Refused(string message) => new(message);
}
