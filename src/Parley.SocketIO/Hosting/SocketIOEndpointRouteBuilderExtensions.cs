using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts a Socket.IO server on a path.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves Socket.IO on a path and everything below it, by polling and WebSocket. Needs no other middleware. When the host
    /// stops, new clients are refused with 503, and all connections are closed with the reason "server shutting down", as
    /// <see cref="SocketIOOptions.DrainDuration"/> and <see cref="SocketIOOptions.DrainGrace"/> say.
    /// </summary>
    /// <remarks>
    /// Authorization that is required of the endpoint is not required of a preflight: a browser sends no credentials with it.
    /// It is answered for <see cref="SocketIOOptions.AllowedOrigins"/> only.
    /// </remarks>
    /// <param name="endpoints">Where to add the endpoint.</param>
    /// <param name="path">The path that clients are given; <c>/socket.io</c> is what they expect.</param>
    /// <exception cref="InvalidOperationException"><c>AddSocketIO()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapSocketIO(this IEndpointRouteBuilder endpoints, string path = "/socket.io")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var server = endpoints.ServiceProvider.GetService<SocketServer>()
            ?? throw new InvalidOperationException("Call services.AddSocketIO() before MapSocketIO().");
        var engine = endpoints.ServiceProvider.GetRequiredService<EngineServer>();
        return endpoints.MapEngineIO(path, engine, (session, handshake) => new EngineBinding(session, server, handshake));
    }

    /// <summary>Serves plain Engine.IO, with a handler of one's own for each session.</summary>
    internal static IEndpointConventionBuilder MapEngineIO(
        this IEndpointRouteBuilder endpoints,
        string path,
        EngineServer engine,
        Func<EngineSession, Handshake, IEngineHandler> createHandler)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var endpoint = new EngineEndpoint(engine, createHandler);
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(endpoint.HandleAsync);

        // The reference matches the path as a prefix; clients append a slash.
        const string Pattern = "/{**rest}";
        var group = endpoints.MapGroup(path.TrimEnd('/'));
        var handler = pipeline.Build();
        group.Map(Pattern, handler).WithDisplayName("Socket.IO");

        // A browser asks without credentials whether it may send them: whoever the endpoint is for, that is answered, as it is by
        // ASP.NET Core's own CORS. An OPTIONS opens no session, and neither reads nor writes one. A name that the application gives
        // its endpoint is the other one's.
        group.Map(Pattern, handler)
            .WithMetadata(new PreflightOnly(), new SuppressLinkGenerationMetadata())
            .WithDisplayName("Socket.IO preflight")
            .AllowAnonymous();
        return group;
    }

    private sealed class PreflightOnly : IHttpMethodMetadata
    {
        public IReadOnlyList<string> HttpMethods { get; } = [Http.HttpMethods.Options];

        // RequireCors() sets it, and a preflight would be led by the method that it asks for, which nothing here is mapped for.
        public bool AcceptCorsPreflight
        {
            get => false;
            set { }
        }
    }
}
