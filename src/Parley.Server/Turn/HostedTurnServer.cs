using System.Diagnostics.Metrics;
using System.Net;
using Parley.Core.Addresses;
using Parley.Net.Turn;
using Parley.Server.Https;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary>The TURN server of Parley.Net.</summary>
internal sealed class HostedTurnServer(TurnHost host) : ITurnServer
{
    public IReadOnlyList<TurnListener> Listeners => host.Listeners;

    public TurnServerCounters Counters => host.Counters;

    /// <summary>Starts it.</summary>
    /// <param name="users">Whom it lets in.</param>
    /// <param name="certificate">For TLS; null where there is none.</param>
    /// <param name="meters">Where it shows its numbers.</param>
    /// <param name="loggers">Where it tells of itself.</param>
    /// <param name="time">By which everything is measured.</param>
    public static TurnStarter Starter(ITurnUsers users, ServerCertificate? certificate, IMeterFactory meters, ILoggerFactory loggers, TimeProvider time) =>
        async (start, cancellationToken) =>
        {
            var options = new TurnHostOptions
            {
                Udp = At(start.Addresses, start.Port),
                Tcp = At(start.Addresses, start.Port),
                Tls = start.TlsPort is { } tlsPort ? At(start.Addresses, tlsPort) : [],
                Certificate = certificate is null ? null : () => certificate.Context,
                Server = start.Server,
            };
            var host = await TurnHost.StartAsync(options, users, loggers, time, cancellationToken);
            TurnMetrics.AddTo(meters, host);
            return new HostedTurnServer(host);
        };

    public void Revoke(string userId) => host.Revoke(userId);

    public Task ServeAsync(Stream connection, IPEndPoint remote, IPEndPoint local, CancellationToken cancellationToken) =>
        host.ServeAsync(connection, remote, local, TransportProtocol.Tls, cancellationToken);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static IPEndPoint[] At(IReadOnlyList<InternetAddress> addresses, int port) => [.. addresses.Select(address => new IPEndPoint(address.ToIPAddress(), port))];
}
