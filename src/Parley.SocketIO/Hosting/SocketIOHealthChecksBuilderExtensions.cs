using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shows load balancers whether a Socket.IO server takes new clients.</summary>
public static class SocketIOHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check named <c>socketio</c> that fails from the moment at which the host begins to stop. Needs <c>AddSocketIO()</c>.
    /// </summary>
    /// <param name="builder">Where to add the check.</param>
    /// <param name="failureStatus">What is reported then; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">The check's tags, by which endpoints choose; null for none.</param>
    public static IHealthChecksBuilder AddSocketIO(
        this IHealthChecksBuilder builder, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            "socketio",
            static services => new SocketIOHealthCheck(services.GetRequiredService<EngineServer>()),
            failureStatus,
            tags));
    }
}
