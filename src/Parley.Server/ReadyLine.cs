using System.Globalization;
using Parley.Server.Listening;

namespace Parley.Server;

/// <summary>What a person reads who has started the server.</summary>
internal static class ReadyLine
{
    /// <summary>One line: the addresses to open, and the default ports that were not to be had.</summary>
    public static string Of(WebApplication app)
    {
        var addresses = string.Join(' ', app.Services.GetRequiredService<ServerAddresses>().ToOpen());
        var busy = app.Services.GetRequiredService<ListeningPlan>().BusyPorts;
        return busy.Count == 0
            ? $"Parley is ready: {addresses}"
            : $"Parley is ready: {addresses} (in use by another program: port {string.Join(" and ", busy.Select(port => port.ToString(CultureInfo.InvariantCulture)))})";
    }
}
