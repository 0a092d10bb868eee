using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.Hosting;

/// <summary>Healthy as long as the server takes new clients.</summary>
internal sealed class SocketIOHealthCheck(EngineServer engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(engine.IsStopping
            ? new HealthCheckResult(context.Registration.FailureStatus, "The server is shutting down.")
            : HealthCheckResult.Healthy());
}
