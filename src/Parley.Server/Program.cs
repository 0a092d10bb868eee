using Parley.Server;
using Parley.Server.Configuration;

if (CommandLine.AsksForHelp(args))
{
    await Console.Out.WriteAsync(CommandLine.Help);
    return 0;
}

WebApplication app;
try
{
    CommandLine.Check(args);
    app = await ParleyServer.StartAsync(args);
}
catch (Exception failure) when (StartFailure.Describe(failure) is { } line)
{
    await Console.Error.WriteLineAsync($"Parley cannot start: {line}");
    return 1;
}

foreach (var line in ReadyLines.Of(app))
{
    await Console.Out.WriteLineAsync(line);
}

await using (app)
{
    await app.WaitForShutdownAsync();
    return ParleyServer.HasFailed(app) ? 1 : 0;
}
