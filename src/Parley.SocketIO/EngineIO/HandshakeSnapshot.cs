using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Parley.SocketIO.EngineIO;

/// <summary>Copies what is worth keeping of a request: the request itself is ASP.NET's to reuse once it is answered.</summary>
internal static class HandshakeSnapshot
{
    public static Handshake Of(HttpContext context, TimeProvider time)
    {
        var request = context.Request;
        return new Handshake
        {
            Time = time.GetUtcNow(),
            Address = context.Connection.RemoteIpAddress,
            Secure = request.IsHttps,
            Url = request.GetEncodedPathAndQuery(),
            Query = new QueryCollection(new Dictionary<string, StringValues>(request.Query, StringComparer.OrdinalIgnoreCase)),
            Headers = new HeaderDictionary(new Dictionary<string, StringValues>(request.Headers, StringComparer.OrdinalIgnoreCase)),
            User = context.User,
        };
    }
}
