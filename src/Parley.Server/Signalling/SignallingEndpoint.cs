using Microsoft.Extensions.DependencyInjection.Extensions;
using Parley.SocketIO;

namespace Parley.Server.Signalling;

/// <summary>Where clients connect: Socket.IO at <c>/socket.io/</c>, namespace <c>/</c>.</summary>
internal static class SignallingEndpoint
{
    public static void AddSignalling(this IServiceCollection services, SignallingOptions options)
    {
        services.AddSingleton<PollingWatch>();
        services.AddSingleton<JoinLimits>();
        services.AddSingleton<SignallingServices>();
        services.TryAddSingleton<IJoinTokens, NoJoinTokens>();
        services.AddSocketIO(socketIO =>
        {
            // "Bounds of the connection" in docs/signalling.md.
            socketIO.MaxPayloadBytes = 256 * 1024;
            socketIO.MaxAttachments = 0;
            socketIO.MaxNamespacesPerConnection = 1;
            socketIO.PingInterval = TimeSpan.FromSeconds(5);
            socketIO.PingTimeout = TimeSpan.FromSeconds(5);
            socketIO.SerializerOptions.TypeInfoResolver = SignallingJson.Default;
            foreach (var origin in options.AllowedOrigins)
            {
                socketIO.AllowedOrigins.Add(origin);
            }
        });
    }

    public static void MapSignalling(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider.GetRequiredService<SignallingServices>();
        endpoints.ServiceProvider.GetRequiredService<SocketServer>()
            .Of("/")
            .OnConnection(socket => new SignallingSession(socket, services).Listen());

        // Requests that last as long as calls do would say nothing in a histogram of durations; Parley.SocketIO measures itself.
        endpoints.MapSocketIO("/socket.io").DisableHttpMetrics();
    }
}
