using Microsoft.AspNetCore.Http;
using Parley.SocketIO.EngineIO.Transports;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// The HTTP side of Engine.IO: checks each request in the reference's order, and hands it to its session or makes one.
/// </summary>
internal sealed class EngineEndpoint(EngineServer server, Func<EngineSession, Handshake, IEngineHandler> createHandler)
{
    private readonly SocketIOOptions _options = server.Options;
    private readonly OriginPolicy _origins = new(server.Options);

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var admitted = _origins.Admit(context);
        if (admitted && HttpMethods.IsOptions(request.Method) && _origins.AllowsForeignOrigins)
        {
            OriginPolicy.WritePreflight(context);
            return;
        }

        if (Verify(context, admitted, out var session) is { } error)
        {
            await RefuseAsync(context, error);
        }
        else if (session is null)
        {
            await OpenAsync(context);
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            await UpgradeAsync(context, session);
        }
        else
        {
            await HandlePollingAsync(context, session);
        }
    }

    private static bool IsTransport(HttpContext context, string name) =>
        string.Equals(context.Request.Query["transport"], name, StringComparison.Ordinal);

    /// <summary>The reference's order of checks. No error and no session: a handshake.</summary>
    private EngineError? Verify(HttpContext context, bool originAdmitted, out EngineSession? session)
    {
        session = null;
        var request = context.Request;
        var isWebSocket = IsTransport(context, WebSocketTransport.TransportName);
        var isKnown = (isWebSocket && _options.Transports.HasFlag(SocketIOTransports.WebSocket))
            || (IsTransport(context, PollingTransport.TransportName) && _options.Transports.HasFlag(SocketIOTransports.Polling));
        if (!isKnown)
        {
            return EngineError.TransportUnknown;
        }

        if (OriginPolicy.IsMalformed(request.Headers.Origin.ToString()))
        {
            return EngineError.BadRequest;
        }

        if (!originAdmitted)
        {
            return EngineError.Forbidden;
        }

        var isUpgrade = context.WebSockets.IsWebSocketRequest;
        if (request.Query["sid"] is { Count: > 0 } sid)
        {
            if (!server.TryGet(sid.ToString(), out session))
            {
                return EngineError.SessionUnknown;
            }

            session.CheckHeartbeat();
            return isWebSocket != isUpgrade || (!isUpgrade && session.Transport is not PollingTransport) ? EngineError.BadRequest
                : session.IsClosed ? EngineError.SessionUnknown
                : null;
        }

        // A WebSocket over HTTP/2 begins with CONNECT (RFC 8441).
        return !HttpMethods.IsGet(request.Method) && !isUpgrade ? EngineError.BadHandshakeMethod
            : isWebSocket != isUpgrade ? EngineError.BadRequest
            : ReadProtocol(context) is not { } protocol ? EngineError.UnsupportedVersion
            // JSONP would want its answers as scripts.
            : protocol == EngineProtocol.V3 && request.Query.ContainsKey("j") ? EngineError.BadRequest
            : null;
    }

    private EngineProtocol? ReadProtocol(HttpContext context) =>
        context.Request.Query["EIO"].ToString() switch
        {
            "4" => EngineProtocol.V4,
            "3" when _options.AllowEio3 => EngineProtocol.V3,
            _ => null,
        };

    /// <summary>Clients say with <c>b64</c> that they take no binary data: in protocol version 4 by WebSocket only.</summary>
    private static bool TakesBinary(HttpContext context) => !context.Request.Query.ContainsKey("b64");

    private static Task RefuseAsync(HttpContext context, EngineError error)
    {
        if (!context.WebSockets.IsWebSocketRequest || error.StatusCode != StatusCodes.Status403Forbidden)
        {
            return error.WriteAsync(context);
        }

        // The reference answers every refused WebSocket with 400.
        return (error with { StatusCode = StatusCodes.Status400BadRequest }).WriteAsync(context);
    }

    private async Task OpenAsync(HttpContext context)
    {
        // Everything is read from the request before a WebSocket takes it over.
        var handshake = HandshakeSnapshot.Of(context, server.Time);
        var (protocol, takesBinary) = (ReadProtocol(context)!.Value, TakesBinary(context));
        using var place = server.TryAdmit(AddressKey.Of(context.Connection.RemoteIpAddress), out var error);
        if (place is null)
        {
            await error!.WriteAsync(context);
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await AcceptAsync(context);
            var transport = Open(place, protocol, handshake, s => new WebSocketTransport(s, socket, server.Time, takesBinary));
            await transport.RunAsync();
        }
        else
        {
            var transport = Open(place, protocol, handshake, s => new PollingTransport(s, takesBinary));
            await transport.HandlePollAsync(context);
        }
    }

    private T Open<T>(EngineServer.Place place, EngineProtocol protocol, Handshake handshake, Func<EngineSession, T> create)
        where T : class, IEngineTransport
    {
        T? transport = null;
        var session = place.Open(s => transport = create(s), protocol);
        string[] upgrades = transport is PollingTransport
            && _options.AllowUpgrades
            && _options.Transports.HasFlag(SocketIOTransports.WebSocket)
                ? [WebSocketTransport.TransportName]
                : [];
        session.Start(createHandler(session, handshake), OpenPacket.Create(session.Id, upgrades, _options));
        return transport!;
    }

    private async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        var takesBinary = TakesBinary(context);
        using var socket = await AcceptAsync(context);
        if (!session.TryBeginUpgrade(out var ended))
        {
            using var timeout = new CancellationTokenSource(WebSocketTransport.CloseTimeout, server.Time);
            await socket.CloseAsync(WebSocketCloseCode.NormalClosure, timeout.Token);
            return;
        }

        if (await new UpgradeProbe(session, socket, _options, server.Time, takesBinary).RunAsync(ended) is { } transport)
        {
            await transport.RunAsync();
        }
    }

    private async Task<IMessageSocket> AcceptAsync(HttpContext context)
    {
        // The heartbeat is Engine.IO's own.
        var accept = new WebSocketAcceptContext { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        if (_options.PerMessageDeflate is { } deflate)
        {
            accept.DangerousEnableCompression = true;
            accept.DisableServerContextTakeover = !deflate.ContextTakeover;
            accept.ServerMaxWindowBits = deflate.WindowBits;
        }

        return new AspNetMessageSocket(
            await context.WebSockets.AcceptWebSocketAsync(accept),
            _options.MaxPayloadBytes,
            _options.PerMessageDeflate?.Threshold ?? int.MaxValue);
    }

    private static Task HandlePollingAsync(HttpContext context, EngineSession session)
    {
        if (session.Transport is not PollingTransport polling)
        {
            // It went over to a WebSocket since the request was verified.
            return EngineError.BadRequest.WriteAsync(context);
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            return polling.HandlePollAsync(context);
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            return polling.HandlePostAsync(context);
        }

        // As the reference answers other methods of a known session.
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }
}
