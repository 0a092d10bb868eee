using System.Net;
using Parley.Server.Configuration;

namespace Parley.Server.Proxies;

/// <summary>Tells once, in the log, when the requests look as if a proxy were there that the configuration does not know.</summary>
internal sealed class ProxyHints(ILogger<ProxyHints> logger, ProxyOptions options, bool believeEverybody)
{
    private const string ForwardedFor = "X-Forwarded-For";

    private int _unlistedTold;
    private int _originTold;

    public void TellOfOldSwitch()
    {
        if (believeEverybody)
        {
            logger.BelievingEverybodyIsOff();
        }
    }

    /// <summary>Headers of a proxy that nobody named: then all its clients seem to have one address.</summary>
    public void LookAtHeaders(HttpContext context)
    {
        if (Volatile.Read(ref _unlistedTold) == 0
            && context.Request.Headers.ContainsKey(ForwardedFor)
            && !options.Trust(context.Connection.RemoteIpAddress)
            && Interlocked.Exchange(ref _unlistedTold, 1) == 0)
        {
            var peer = context.Connection.RemoteIpAddress;
            var name = peer is null || IPAddress.IsLoopback(peer) ? "loopback" : (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString();
            logger.UnlistedProxy(name);
        }
    }

    /// <summary>A page that is refused, because its origin is not the host that the request names: proxies like to change that.</summary>
    public void LookAtAnswer(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status403Forbidden
            && context.Request.Path.StartsWithSegments("/socket.io", StringComparison.Ordinal)
            && Volatile.Read(ref _originTold) == 0
            && context.Request.Headers.Origin is [{ Length: > 0 } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && !page.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
            && Interlocked.Exchange(ref _originTold, 1) == 0)
        {
            logger.OriginRefused(SectionReader.Quote(origin), SectionReader.Quote(context.Request.Host.Value ?? string.Empty));
        }
    }
}
