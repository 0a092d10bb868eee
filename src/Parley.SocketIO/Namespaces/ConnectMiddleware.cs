namespace Parley.SocketIO.Namespaces;

/// <summary>A connection middleware.</summary>
/// <param name="Run">What it does.</param>
/// <param name="ForRecovered">
/// Also for who has passed all of them before, is back within the time of recovery, and need not pass the application's again.
/// </param>
internal readonly record struct ConnectMiddleware(Func<Socket, ValueTask<ConnectResult>> Run, bool ForRecovered);
