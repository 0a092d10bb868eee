using Parley.Server.Jwt;
using Parley.Server.Rooms;

namespace Parley.Server.JoinTokens;

/// <summary>What a join token is to say. docs/api.md tells of each.</summary>
/// <param name="Room">A room's name in lower case.</param>
/// <param name="Name">A display name; null: the bearer's own choice.</param>
/// <param name="Role">As what the bearer enters.</param>
/// <param name="Person">For whom alone it is made, 1 to 128 characters; null: for everybody who has it.</param>
/// <param name="NotBefore">From when on it holds; null: at once.</param>
/// <param name="ExpiresAt">Until when it holds, in whole seconds.</param>
internal sealed record JoinTokenOrder(string Room, string? Name, Role Role, string? Person, DateTimeOffset? NotBefore, DateTimeOffset ExpiresAt);

/// <summary>Makes join tokens.</summary>
internal sealed class JoinTokenMint(JwtWriter writer, TimeProvider time)
{
    public string Mint(JoinTokenOrder order) => writer.Write(claims =>
    {
        claims.WriteString("aud", JoinTokenJudge.Audience);
        claims.WriteString("room", order.Room);
        claims.WriteString("role", order.Role == Role.Host ? "host" : "participant");
        if (order.Name is not null)
        {
            claims.WriteString("name", order.Name);
        }

        if (order.Person is not null)
        {
            claims.WriteString("sub", order.Person);
        }

        claims.WriteNumber("iat", time.GetUtcNow().ToUnixTimeSeconds());
        if (order.NotBefore is { } begin)
        {
            claims.WriteNumber("nbf", begin.ToUnixTimeSeconds());
        }

        claims.WriteNumber("exp", order.ExpiresAt.ToUnixTimeSeconds());
    });
}
