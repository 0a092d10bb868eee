using Parley.Server.Jwt;
using Parley.Server.Signalling;

namespace Parley.Server.JoinTokens;

/// <summary>Adds join tokens, if a secret is configured.</summary>
internal static class JoinTokenServices
{
    public static void AddJoinTokens(this IServiceCollection services, JoinTokenOptions options)
    {
        services.AddSingleton(options);
        if (options.Secrets.Count == 0)
        {
            return;
        }

        services.AddSingleton(SharedSecrets.Of(options.Secrets));
        services.AddSingleton<JwtReader>();
        services.AddSingleton<JwtWriter>();
        services.AddSingleton<IJoinTokens, JoinTokenJudge>();
        services.AddSingleton<JoinTokenMint>();
    }
}
