using System.Net;

namespace Parley.Server.Listening;

/// <summary>Who can reach the web server, as far as the configuration tells: known before it listens.</summary>
internal static class ListeningScope
{
    /// <summary>Whether it listens on this machine's loopback addresses (or Unix sockets) only.</summary>
    public static bool IsThisMachineOnly(IConfiguration configuration, ListeningPlan plan) =>
        Addresses(configuration, plan).All(static address => address.IsUnixPipe || address.IsNamedPipe || IsLoopback(address.Host));

    /// <summary>The addresses that the web server is told to listen on, in the notation of <c>urls</c>.</summary>
    public static IReadOnlyList<BindingAddress> Addresses(IConfiguration configuration, ListeningPlan plan)
    {
        if (plan.Urls.Count > 0)
        {
            return [.. plan.Urls.Select(BindingAddress.Parse)];
        }

        var endpoints = Endpoints(configuration);

        // As ASP.NET Core decides it: Kestrel's own section goes first, then urls, then the ports.
        return endpoints.Count > 0 ? endpoints
            : Split(configuration[WebHostDefaults.ServerUrlsKey]) is { Length: > 0 } urls ? [.. urls.Select(BindingAddress.Parse)]
            : [.. Ports(configuration, WebHostDefaults.HttpPortsKey, "http"), .. Ports(configuration, WebHostDefaults.HttpsPortsKey, "https")];
    }

    private static List<BindingAddress> Endpoints(IConfiguration configuration) =>
    [
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"])
            .Where(url => !string.IsNullOrEmpty(url))
            .Select(url => BindingAddress.Parse(url!)),
    ];

    private static IEnumerable<BindingAddress> Ports(IConfiguration configuration, string key, string scheme) =>
        Split(configuration[key]).Select(port => BindingAddress.Parse($"{scheme}://*:{port}"));

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
