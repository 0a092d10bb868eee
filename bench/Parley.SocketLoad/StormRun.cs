namespace Parley.SocketLoad;

/// <summary>Clients connect, so many at a time, join the main namespace and leave at once.</summary>
internal static class StormRun
{
    public static Report Run(LoadOptions options, int warmUp)
    {
        using var crowd = new Crowd(options, static (_, _, _) => { });
        crowd.Storm(warmUp, options.Window);
        var measurement = new Measurement(options);
        crowd.Storm(options.Connections, options.Window);
        return measurement.Report(options.Connections);
    }
}
