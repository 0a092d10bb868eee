using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// How often each TCP or TLS connection has asked for what it has not proved. A stream's sender is who it seems, so its answers need
/// no limit per second; but a client needs two attempts, not hundreds.
/// </summary>
internal sealed class StreamStrikes
{
    private const int Max = 20;

    /// <summary>The driver has fewer connections; if it does not, those beyond are not counted.</summary>
    private const int MaxConnections = 65_536;

    private readonly Dictionary<FiveTuple, int> _strikes = [];

    public int Count => _strikes.Count;

    /// <summary>One more; true if it is one too many.</summary>
    public bool Add(in FiveTuple client)
    {
        int strikes = _strikes.GetValueOrDefault(client) + 1;
        if (strikes == 1 && _strikes.Count >= MaxConnections)
        {
            return false;
        }

        _strikes[client] = strikes;
        return strikes > Max;
    }

    /// <summary>The connection has proved itself, or is gone.</summary>
    public void Forget(in FiveTuple client) => _strikes.Remove(client);
}
