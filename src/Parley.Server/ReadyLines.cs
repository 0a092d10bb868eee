using System.Globalization;
using Parley.Server.Listening;
using Parley.Server.Turn;

namespace Parley.Server;

/// <summary>What a person reads who has started the server.</summary>
internal static class ReadyLines
{
    /// <summary>One line with the addresses to open, and the default ports that were not to be had; and a few about the rest, if others come.</summary>
    public static IEnumerable<string> Of(WebApplication app)
    {
        var addresses = string.Join(' ', app.Services.GetRequiredService<ServerAddresses>().ToOpen());
        var busy = app.Services.GetRequiredService<ListeningPlan>().BusyPorts;
        var ready = busy.Count == 0
            ? $"Parley is ready: {addresses}"
            : $"Parley is ready: {addresses} (in use by another program: port {string.Join(" and ", busy.Select(port => port.ToString(CultureInfo.InvariantCulture)))})";
        return TurnVerdict.Lines(app.Services.GetRequiredService<TurnRelay>().Service).Prepend(ready);
    }
}
