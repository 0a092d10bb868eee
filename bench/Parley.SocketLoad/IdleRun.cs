namespace Parley.SocketLoad;

/// <summary>
/// Clients that do nothing but answer pings. Whoever started this program looks at the server when a line says so, and says with a line
/// when to go on.
/// </summary>
internal static class IdleRun
{
    private const int FirstVisitors = 500;

    /// <summary>Runs to the end; what a connection costs is seen from outside.</summary>
    public static void Run(LoadOptions options)
    {
        using var crowd = new Crowd(options, static (_, _, _) => { });

        // What the server makes for its first clients, and keeps, is not what one more costs.
        crowd.Storm(FirstVisitors, parallel: 50);
        Pause(crowd, "empty");
        crowd.Open(options.Connections);
        Pause(crowd, "connected");
        for (var i = FirstVisitors; i < crowd.Clients.Count; i++)
        {
            if (crowd.Clients[i].State != ClientState.Joined)
            {
                throw new LoadFailedException($"Client {i} is {crowd.Clients[i].State}.");
            }
        }
    }

    private static void Pause(Crowd crowd, string stage)
    {
        Console.WriteLine($$"""{"Stage":"{{stage}}"}""");
        var line = Task.Run(Console.In.ReadLine);
        while (!line.IsCompleted)
        {
            crowd.Pump(milliseconds: 50);
        }
    }
}
