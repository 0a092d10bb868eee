using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.SocketIO;

/// <summary>What a client said when it connected: a snapshot of its first HTTP request, and the <c>auth</c> of the namespace.</summary>
public sealed record Handshake
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    /// <summary>When the session was made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The client's address, as ASP.NET Core knew it; null when the connection has none.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>Whether the request came by HTTPS.</summary>
    public required bool Secure { get; init; }

    /// <summary>Path and query of the request.</summary>
    public required string Url { get; init; }

    /// <summary>The query's parameters.</summary>
    public required IQueryCollection Query { get; init; }

    /// <summary>A copy of the request's headers.</summary>
    public required IHeaderDictionary Headers { get; init; }

    /// <summary>Who ASP.NET Core's authentication says the client is.</summary>
    public required ClaimsPrincipal User { get; init; }

    /// <summary>
    /// The <c>auth</c> object of the client's CONNECT packet; an empty object when it sent none. Clients of Socket.IO 2 have no
    /// <c>auth</c>: here it is the <c>query</c> of the namespace, with strings as its values (arrays of them, where a name repeats).
    /// </summary>
    public JsonElement Auth { get; init; } = EmptyObject;
}
