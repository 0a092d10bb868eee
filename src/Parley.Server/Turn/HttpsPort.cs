using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Parley.Server.Listening;

namespace Parley.Server.Turn;

/// <summary>
/// Lets TURN share the port of HTTPS, where this server ends TLS itself: firewalls that let nothing else out let that out. Browsers do not
/// say by ALPN that they come for TURN, so without ALPN the first bytes decide (RFC 7443; RFC 8489, section 6.3).
/// </summary>
internal sealed class HttpsPort(IConfiguration configuration, ListeningPlan plan)
{
    /// <summary>RFC 7443.</summary>
    public const string AlpnProtocol = "stun.turn";

    private readonly HashSet<IPEndPoint> _secure = SecureEndPoints(configuration, plan);
    private int _hasRefused;

    /// <summary>How long the first bytes are waited for. After that, silence is HTTP's affair, which has time limits of its own.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Who reaches an endpoint that is shared.</summary>
    public HttpsSharing Sharing => _secure.Count == 0 ? HttpsSharing.None
        : _secure.All(endPoint => IPAddress.IsLoopback(endPoint.Address)) ? HttpsSharing.ThisMachine
        : HttpsSharing.Network;

    /// <summary>To be called for each endpoint, before Kestrel has it speak TLS.</summary>
    public void Share(ListenOptions listen)
    {
        if (listen.IPEndPoint is not { } endPoint || !_secure.Contains(endPoint))
        {
            return;
        }

        // What Kestrel would do a moment later; whatever comes after it sees what was deciphered.
        listen.UseHttps();
        var relay = listen.ApplicationServices.GetRequiredService<TurnRelay>();
        var logger = listen.ApplicationServices.GetRequiredService<ILogger<HttpsPort>>();
        listen.Use(next => connection => ChooseAsync(connection, next, relay, logger));
    }

    private async Task ChooseAsync(ConnectionContext connection, ConnectionDelegate next, TurnRelay relay, ILogger logger)
    {
        if (relay is not { Server: { } server, Service: { } service } || !await IsTurnAsync(connection))
        {
            await next(connection);
            return;
        }

        if (connection is not { RemoteEndPoint: IPEndPoint remote, LocalEndPoint: IPEndPoint local })
        {
            return;
        }

        (remote, local) = (Plain(remote), Plain(local));
        if (IsTaken(service, remote.Address, local.Address))
        {
            await ServeAsync(connection, server, remote, local);
        }
        else if (Interlocked.Exchange(ref _hasRefused, 1) == 0 && !service.Plan.IsThisMachineOnly)
        {
            logger.TurnAtHttpsPortRefused();
        }
    }

    // Who comes from the address that is called has not left this machine, whatever the address is.
    private static bool IsTaken(TurnService service, IPAddress remote, IPAddress local) =>
        service.SharesHttpsPortWith(remote.Equals(local) ? IPAddress.Loopback : remote);

    private async ValueTask<bool> IsTurnAsync(ConnectionContext connection)
    {
        var protocol = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
        return protocol.IsEmpty ? await SpeaksStunAsync(connection) : protocol.Span.SequenceEqual("stun.turn"u8);
    }

    private async Task<bool> SpeaksStunAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Stops(connection));

        // Not by the read's own token: what it had seen would be kept from whoever reads next until more has come.
        bool? answer;
        using (either.Token.Register(input.CancelPendingRead))
        {
            answer = await DecideAsync(input);
        }

        // One that came a moment too late would end the next read, which is somebody else's.
        if (answer is not null && either.IsCancellationRequested && input.TryRead(out var rest))
        {
            input.AdvanceTo(rest.Buffer.Start);
        }

        return answer ?? false;
    }

    /// <summary>Null: it was not told, in time or ever.</summary>
    private static async Task<bool?> DecideAsync(PipeReader input)
    {
        try
        {
            while (true)
            {
                var read = await input.ReadAsync();
                var answer = FirstBytes.IsStun(read.Buffer);
                var isOver = read.IsCanceled || read.IsCompleted;

                // Whatever was seen is left for whoever comes next.
                input.AdvanceTo(read.Buffer.Start, answer is null && !isOver ? read.Buffer.End : read.Buffer.Start);
                if (answer is not null || isOver)
                {
                    return answer;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It is gone: HTTP knows how to end such connections.
            return null;
        }
    }

    private static async Task ServeAsync(ConnectionContext connection, ITurnServer server, IPEndPoint remote, IPEndPoint local)
    {
        // The server stops: there is no reason to wait for TURN clients, who would never go.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Stops(connection), connection.ConnectionClosed);
        await using var stream = new TransportStream(connection.Transport);
        try
        {
            await server.ServeAsync(stream, remote, local, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException)
        {
            // The client is gone.
        }
    }

    private static CancellationToken Stops(ConnectionContext connection) =>
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;

    // Kestrel listens for both families at one socket.
    private static IPEndPoint Plain(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    /// <summary>As Kestrel will have them. Those of its own section may have TLS settings of their own, and are left alone.</summary>
    private static HashSet<IPEndPoint> SecureEndPoints(IConfiguration configuration, ListeningPlan plan)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            return [];
        }

        var all = ListeningScope.Addresses(configuration, plan).Where(address => address is { IsUnixPipe: false, IsNamedPipe: false }).ToLookup(EndPointOf);

        // Two that are alike, because the system is to choose their ports, cannot be told apart.
        return [.. all.Where(alike => alike.All(address => address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase))).Select(alike => alike.Key)];
    }

    private static IPEndPoint EndPointOf(BindingAddress address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? new(IPAddress.Loopback, address.Port)
        : IPAddress.TryParse(address.Host, out var given) ? new(given, address.Port)
        : new(IPAddress.IPv6Any, address.Port);
}

/// <summary>Whether TURN may share the port of HTTPS, by who reaches that port.</summary>
internal enum HttpsSharing
{
    /// <summary>There is none to share.</summary>
    None,

    /// <summary>It is at loopback addresses: nobody, or whoever a proxy brings that passes TLS on unread.</summary>
    ThisMachine,

    /// <summary>Others.</summary>
    Network,
}

/// <summary>Tells STUN from HTTP.</summary>
internal static class FirstBytes
{
    private const int CookieEnd = 8;

    private static ReadOnlySpan<byte> MagicCookie => [0x21, 0x12, 0xA4, 0x42];

    /// <summary>Null: not enough has come to tell.</summary>
    public static bool? IsStun(ReadOnlySequence<byte> bytes)
    {
        // Two zero bits (RFC 8489, section 5); methods of HTTP are letters.
        if (bytes.IsEmpty || (bytes.FirstSpan[0] & 0b1100_0000) != 0)
        {
            return bytes.IsEmpty ? null : false;
        }

        if (bytes.Length < CookieEnd)
        {
            return null;
        }

        Span<byte> head = stackalloc byte[CookieEnd];
        bytes.Slice(0, CookieEnd).CopyTo(head);
        return head[4..].SequenceEqual(MagicCookie);
    }
}
