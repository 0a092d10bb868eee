using System.CommandLine;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Parley.Core.Time;
using Parley.Net;
using Parley.Net.Turn;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;
using TurnOnly;

Options.Command.SetAction(RunAsync);
try
{
    return await Options.Command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
{
    // Nothing is thrown once the server runs: what cannot be honoured stops the start.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static async Task RunAsync(ParseResult line, CancellationToken stop)
{
    SslStreamCertificateContext? certificate = line.GetValue(Options.Certificate) is null ? null : line.ReadCertificate();
    int maxLifetime = line.GetValue(Options.MaxLifetime);
    var options = new TurnHostOptions
    {
        Udp = line.EndPoints(Options.Port),
        Tcp = line.EndPoints(Options.Port),
        Tls = certificate is null ? [] : line.EndPoints(Options.TlsPort),
        Certificate = () => certificate,
        Server = new TurnServerOptions
        {
            Realm = line.GetRequiredValue(Options.Realm),
            NonceKey = line.GetValue(Options.NonceKey) is { } file ? File.ReadAllBytes(file) : RandomNumberGenerator.GetBytes(32),
            Listeners = [],
            RelayAddresses = line.Relays(),
            MinRelayPort = line.GetValue(Options.MinPort),
            MaxRelayPort = line.GetValue(Options.MaxPort),
            MaxLifetime = TimeSpan.FromSeconds(maxLifetime),
            DefaultLifetime = TimeSpan.FromSeconds(Math.Min(600, maxLifetime)),
            OldChannels = line.GetValue(Options.OldChannels),
            Peers = new PeerPolicy { Allowed = line.Allowed(), AllowLoopback = line.GetValue(Options.AllowLoopback) },
            Limits = line.Limits(),
        },
    };
    using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
    await using TurnHost host = await TurnHost.StartAsync(options, new Users(line), loggers, TimeProvider.System, stop);
    Console.WriteLine($"Ready: {string.Join(", ", host.Listeners)}");
    using var renewal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        try
        {
            certificate = line.ReadCertificate();
        }
        catch (Exception e)
        {
            // Whatever it is: a server with an old certificate is better than none.
            Console.Error.WriteLine($"The certificate stays as it is: {e.Message}");
        }
    });

    // Enter shows what the server has done so far.
    _ = Task.Run(() => { while (Console.ReadLine() is not null) { Console.WriteLine(Counters(host)); } }, CancellationToken.None);
    await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

static string Counters(TurnHost host) => JsonSerializer.Serialize(new
{
    host.Counters,
    host.HostCounters,
    Drops = Enum.GetValues<TurnDrop>().ToDictionary(reason => reason.ToString(), reason => host.Counters[reason], StringComparer.Ordinal),
});

namespace TurnOnly
{
    /// <summary>Whom the command line names, and whoever brings a credential made with its secrets.</summary>
    internal sealed class Users(ParseResult line) : ITurnUsers
    {
        private readonly StaticUsers _named = new(line.GetRequiredValue(Options.Realm), line.Passwords());
        private readonly EphemeralUsers? _lent = line.GetValue(Options.Secret) is { Length: > 0 } secrets
            ? new(line.GetRequiredValue(Options.Realm), default, [.. secrets.Select(secret => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(secret))])
            : null;

        public TurnUser? Find(Instant now, string username)
        {
            // Asked each time: somebody may set the calendar while the server runs.
            _lent?.Clock = new EngineClock(TimeProvider.System).WallClock;
            return _named.Find(now, username) ?? _lent?.Find(now, username);
        }
    }
}
