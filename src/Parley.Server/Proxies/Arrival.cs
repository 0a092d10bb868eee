using System.Net;

namespace Parley.Server.Proxies;

/// <summary>How a request came in, noted before anything that a proxy says of it is believed.</summary>
/// <param name="FromThisMachine">It comes from this machine, and no proxy has passed it on.</param>
internal sealed record Arrival(bool FromThisMachine)
{
    private static readonly string[] MarksOfProxies = ["X-Forwarded-For", "Forwarded", "Via", "X-Forwarded-Host", "X-Forwarded-Proto"];

    public static Arrival Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)

        // A proxy or a tunnel on this machine brings strangers: what it adds gives it away.
        && !Array.Exists(MarksOfProxies, context.Request.Headers.ContainsKey));
}

/// <summary>Asks how a request came in.</summary>
internal static class ArrivalExtensions
{
    public static bool IsFromThisMachine(this HttpContext context) => context.Features.Get<Arrival>() is { FromThisMachine: true };
}
