using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.SocketIO.Classes;

/// <summary>
/// What <c>[Authorize]</c> and its kind ask of a client: decided by the application's <see cref="IAuthorizationService"/>; by hand in an
/// application that has none, for as long as only roles are asked for.
/// </summary>
/// <remarks>The schemes that a policy names are not asked: the socket's user is who the endpoint says it is.</remarks>
internal sealed class HandlerAuthorization(IReadOnlyList<object> rules)
{
    private AuthorizationPolicy? _policy;

    private IEnumerable<IAuthorizeData> Data => rules.OfType<IAuthorizeData>();

    /// <summary>Stops the start of an application that could not honour the rules.</summary>
    /// <exception cref="InvalidOperationException">A rule needs services that there are not.</exception>
    public void Check(IServiceProvider services, string owner)
    {
        var needsPolicies = rules.Any(r => r is IAuthorizationRequirementData or not IAuthorizeData) || Data.Any(d => !string.IsNullOrEmpty(d.Policy));
        if (needsPolicies && services.GetService<IAuthorizationPolicyProvider>() is null)
        {
            throw new InvalidOperationException($"{owner} asks for a policy: call services.AddAuthorization().");
        }
    }

    /// <summary>Why the client may not; null if it may.</summary>
    public async ValueTask<string?> RefusalAsync(ClaimsPrincipal user, object resource, IServiceProvider services)
    {
        if (rules.Count == 0)
        {
            return null;
        }

        var mayPass = services.GetService<IAuthorizationService>() is { } authorization
            ? (await authorization.AuthorizeAsync(user, resource, await PolicyAsync(services))).Succeeded
            : IsAuthenticated(user) && Data.All(d => HasRole(user, d.Roles));
        return mayPass ? null : IsAuthenticated(user) ? "Forbidden" : "Unauthorized";
    }

    private static bool IsAuthenticated(ClaimsPrincipal user) => user.Identities.Any(i => i.IsAuthenticated);

    private static bool HasRole(ClaimsPrincipal user, string? roles) =>
        string.IsNullOrWhiteSpace(roles)
        || roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(user.IsInRole);

    private async ValueTask<AuthorizationPolicy> PolicyAsync(IServiceProvider services)
    {
        if (_policy is { } known)
        {
            return known;
        }

        var provider = services.GetRequiredService<IAuthorizationPolicyProvider>();
        var builder = new AuthorizationPolicyBuilder();
        if (await AuthorizationPolicy.CombineAsync(provider, Data) is { } named)
        {
            builder.Combine(named);
        }

        builder.AddRequirements([.. rules.OfType<IAuthorizationRequirementData>().SelectMany(d => d.GetRequirements())]);
        var policy = builder.Build();
        if (provider.AllowsCachingPolicies)
        {
            _policy = policy;
        }

        return policy;
    }
}
