using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Parley.Net;
using Parley.Net.Turn;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;
using TurnOnly;

return await CommandLine.RunAsync(args, RunAsync);

static async Task<int> RunAsync(Settings settings, CancellationToken stop)
{
    using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
        .SetMinimumLevel(settings.Verbose ? LogLevel.Debug : LogLevel.Information)
        .AddSimpleConsole(console => console.SingleLine = true));
    using var certificate = settings.Certificate is null ? null : new PemCertificate(settings.Certificate, settings.Key!);
    var options = new TurnHostOptions
    {
        Udp = settings.Udp,
        Tcp = settings.Tcp,
        Tls = settings.Tls,
        Certificate = certificate is null ? null : () => certificate.Current,
        Server = new TurnServerOptions
        {
            Realm = settings.Realm,
            // Not kept: whoever knows a nonce of the last run is told of the new one, and had lost the allocation anyway.
            NonceKey = RandomNumberGenerator.GetBytes(32),
            Listeners = [],
            RelayAddresses = settings.Relays,
            MinRelayPort = settings.MinPort,
            MaxRelayPort = settings.MaxPort,
            MaxLifetime = TimeSpan.FromSeconds(settings.MaxLifetime),
            DefaultLifetime = TimeSpan.FromSeconds(Math.Min(600, settings.MaxLifetime)),
            OldChannels = settings.OldChannels,
            Peers = new PeerPolicy
            {
                Allowed = settings.Allowed,
                Denied = settings.Denied,
                AllowPrivate = settings.AllowPrivatePeers,
                AllowLoopback = settings.AllowLoopbackPeers,
            },
            Limits = new TurnLimits
            {
                Allocations = settings.Allocations,
                AllocationsPerUser = settings.AllocationsPerUser,
                AllocationsPerAddress = settings.AllocationsPerAddress,
                BytesPerSecondPerAllocation = settings.BytesPerSecond,
            },
        },
    };

    await using TurnHost host = await TurnHost.StartAsync(options, Users(settings), loggers, TimeProvider.System, stop);
    Console.WriteLine($"Ready: {string.Join(", ", host.Listeners)}");
    // Enter shows what the server has done so far.
    _ = Task.Run(() => { while (Console.ReadLine() is not null) { Console.WriteLine(Counters(host)); } }, CancellationToken.None);
    using var renewal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => { signal.Cancel = true; certificate?.Reload(); });
    await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
    return 0;
}

static ITurnUsers Users(Settings settings)
{
    var kinds = new List<ITurnUsers>();
    if (settings.Users.Count > 0)
    {
        kinds.Add(new StaticUsers(settings.Realm, settings.Users));
    }

    if (settings.Secrets.Count > 0)
    {
        kinds.Add(new EphemeralUsers(
            settings.Realm, new EngineClock(TimeProvider.System).WallClock, [.. settings.Secrets.Select(secret => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(secret))]));
    }

    return new CombinedUsers(kinds);
}

static string Counters(TurnHost host) => JsonSerializer.Serialize(new
{
    host.Counters.Allocations,
    host.Counters.AllocationsMade,
    host.Counters.PacketsToPeers,
    host.Counters.PacketsToClients,
    host.Counters.PeersRefused,
    host.Counters.AuthenticationFailures,
    host.HostCounters.Connections,
    host.HostCounters.Unsent,
    host.HostCounters.BacklogFull,
    Drops = Enum.GetValues<TurnDrop>().ToDictionary(reason => reason.ToString(), reason => host.Counters[reason], StringComparer.Ordinal),
});
