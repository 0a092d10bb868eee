using System.Net;
using Parley.Core.Addresses;
using Parley.Net.Turn;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary>A TURN server that runs: the border between what this server decides and the sockets.</summary>
internal interface ITurnServer : IAsyncDisposable
{
    /// <summary>What was bound.</summary>
    IReadOnlyList<TurnListener> Listeners { get; }

    /// <summary>What it has done so far.</summary>
    TurnServerCounters Counters { get; }

    /// <summary>Ends the allocations of a user. Waits for nothing; from any thread.</summary>
    void Revoke(string userId);

    /// <summary>Serves one client over a connection that is there already, until either end closes it.</summary>
    Task ServeAsync(Stream connection, IPEndPoint remote, IPEndPoint local, CancellationToken cancellationToken);
}

/// <summary>What a TURN server is started with.</summary>
/// <param name="Addresses">Where it listens.</param>
/// <param name="Port">For UDP and TCP; it was free a moment ago.</param>
/// <param name="TlsPort">For TLS, likewise; null: no TLS.</param>
/// <param name="Server">How it behaves; its listeners are those that are bound.</param>
internal sealed record TurnStart(IReadOnlyList<InternetAddress> Addresses, int Port, int? TlsPort, TurnServerOptions Server);

/// <summary>Starts a TURN server.</summary>
internal delegate Task<ITurnServer> TurnStarter(TurnStart start, CancellationToken cancellationToken);
