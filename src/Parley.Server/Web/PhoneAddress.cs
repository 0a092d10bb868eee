using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Extensions;
using Parley.Server.Https;
using Parley.Server.Listening;
using Parley.Server.Proxies;

namespace Parley.Server.Web;

/// <summary>The address under which a phone reaches the page that somebody looks at, and is given the camera.</summary>
/// <param name="Address">Ends with "/"; null when there is none.</param>
/// <param name="SelfSigned">Browsers warn of the certificate there.</param>
/// <param name="Possible">There is no address, but whoever asks sits at the server, and a switch would make one.</param>
internal sealed record PhoneAddress(string? Address, bool SelfSigned, bool Possible)
{
    // What a person would still scan. Proxies and clients write the host and the path, and a QR code holds no more than 2331 bytes.
    private const int MaxLength = 512;

    private static readonly PhoneAddress None = new(null, SelfSigned: false, Possible: false);

    public static PhoneAddress For(HttpContext context)
    {
        var request = context.Request;
        var services = context.RequestServices;
        var selfSigned = services.GetRequiredService<HttpsOptions>().SelfSigned;
        if (!IsLoopback(request.Host.Host))
        {
            // Browsers give the camera to https only.
            return request.IsHttps
                && UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase.Value?.TrimEnd('/'), "/") is { Length: <= MaxLength } asked
                    ? new(asked, selfSigned && context.Features.Get<ITlsHandshakeFeature>() is not null, Possible: false)
                    : None;
        }

        // "localhost" is another machine on a phone. The address in the network is nobody's business but of those who sit here.
        return !context.IsFromThisMachine() ? None
            : services.GetRequiredService<ServerAddresses>().ForPhones() is { } address ? new(address, selfSigned, Possible: false)
            : None with { Possible = services.GetRequiredService<ListeningPlan>() is { HasHttps: false, IsFlexible: true } };
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
