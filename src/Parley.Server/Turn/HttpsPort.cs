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

    // After that, silence is HTTP's affair, which has time limits of its own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HashSet<IPEndPoint> _secure = SecureEndPoints(configuration, plan);

    /// <summary>Whether there is an endpoint to share.</summary>
    public bool IsShared => _secure.Count > 0;

    /// <summary>To be called for each endpoint, before Kestrel has it speak TLS.</summary>
    public void Share(ListenOptions listen)
    {
        if (listen.IPEndPoint is not { } endPoint || !_secure.Contains(endPoint))
        {
            return;
        }

        // What Kestrel would do a moment later; whatever comes after it sees what was deciphered.
        listen.UseHttps();
        listen.Use(next => connection => ChooseAsync(connection, next, listen.ApplicationServices.GetRequiredService<TurnRelay>()));
    }

    private static async Task ChooseAsync(ConnectionContext connection, ConnectionDelegate next, TurnRelay relay)
    {
        if (relay.Server is { } server && await IsTurnAsync(connection))
        {
            await ServeAsync(connection, server);
        }
        else
        {
            await next(connection);
        }
    }

    private static async ValueTask<bool> IsTurnAsync(ConnectionContext connection)
    {
        var protocol = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
        return protocol.IsEmpty ? await SpeaksStunAsync(connection.Transport.Input) : protocol.Span.SequenceEqual("stun.turn"u8);
    }

    private static async Task<bool> SpeaksStunAsync(PipeReader input)
    {
        using var patience = new Timer(static state => ((PipeReader)state!).CancelPendingRead(), input, Patience, Timeout.InfiniteTimeSpan);
        while (true)
        {
            var read = await input.ReadAsync();
            var answer = FirstBytes.IsStun(read.Buffer);

            // Whatever was seen is left for whoever comes next.
            input.AdvanceTo(read.Buffer.Start, answer is null && !read.IsCanceled && !read.IsCompleted ? read.Buffer.End : read.Buffer.Start);
            if (answer is not null || read.IsCanceled || read.IsCompleted)
            {
                return answer ?? false;
            }
        }
    }

    private static async Task ServeAsync(ConnectionContext connection, ITurnServer server)
    {
        if (connection is not { RemoteEndPoint: IPEndPoint remote, LocalEndPoint: IPEndPoint local })
        {
            return;
        }

        // The server stops: there is no reason to wait for TURN clients, who would never go.
        var stops = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stops, connection.ConnectionClosed);
        await using var stream = new TransportStream(connection.Transport);
        try
        {
            await server.ServeAsync(stream, Plain(remote), Plain(local), ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException)
        {
            // The client is gone.
        }
    }

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
