namespace Parley.Server.Turn;

/// <summary>The TURN server of Parley.Net.</summary>
internal static class HostedTurnServer
{
    public static TurnStarter StarterOf(IServiceProvider services) => (_, _) => throw new NotSupportedException(services.ToString());
}
