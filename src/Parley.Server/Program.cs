using Parley.Server;

WebApplication app;
try
{
    app = ParleyServer.Build(args);
    await app.StartAsync();
}
catch (Exception failure) when (StartFailure.Describe(failure) is { } line)
{
    await Console.Error.WriteLineAsync($"Parley cannot start: {line}");
    return 1;
}

await Console.Out.WriteLineAsync($"Parley is ready: {string.Join(' ', ParleyServer.AddressesOf(app))}");
await using (app)
{
    await app.WaitForShutdownAsync();
}

return 0;
