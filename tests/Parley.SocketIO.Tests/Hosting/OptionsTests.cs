using Microsoft.Extensions.Options;
using Parley.SocketIO.Hosting;
using Parley.SocketIO.Tests.Clients;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<SocketIOOptions>> Mistakes => new()
    {
        { "PingInterval", o => o.PingInterval = TimeSpan.FromMilliseconds(9) },
        { "PingTimeout", o => o.PingTimeout = TimeSpan.FromHours(2) },
        { "UpgradeTimeout", o => o.UpgradeTimeout = TimeSpan.Zero },
        { "ConnectTimeout", o => o.ConnectTimeout = TimeSpan.FromMilliseconds(-1) },
        { "PollingCloseGrace", o => o.PollingCloseGrace = TimeSpan.MaxValue },
        { "AckTimeout", o => o.AckTimeout = TimeSpan.Zero },
        { "MaxPayloadBytes", o => o.MaxPayloadBytes = 0 },
        { "MaxPacketsPerPayload", o => o.MaxPacketsPerPayload = 0 },
        { "MaxAttachments", o => o.MaxAttachments = -1 },
        { "MaxPacketBytes", o => o.MaxPacketBytes = 1 },
        { "MaxJsonDepth", o => o.MaxJsonDepth = 1001 },
        { "MaxNamespacesPerConnection", o => o.MaxNamespacesPerConnection = 0 },
        { "MaxNamespaceNameBytes", o => o.MaxNamespaceNameBytes = 0 },
        { "MaxDynamicNamespaces", o => o.MaxDynamicNamespaces = 0 },
        { "MaxPendingAcks", o => o.MaxPendingAcks = 0 },
        { "MaxOutboundBytes", o => o.MaxOutboundBytes = 0 },
        { "MaxOutboundPackets", o => o.MaxOutboundPackets = 1 },
        { "MaxQueuedEvents", o => o.MaxQueuedEvents = 0 },
        { "MaxQueuedEventBytes", o => o.MaxQueuedEventBytes = 0 },
        { "MaxParallelEvents", o => o.MaxParallelEvents = 0 },
        { "MaxEventsPerSecond", o => o.MaxEventsPerSecond = -1 },
        { "EventBurst", o => o.EventBurst = 0 },
        { "MaxSessions", o => o.MaxSessions = 0 },
        { "MaxSessionsPerAddress", o => o.MaxSessionsPerAddress = 0 },
        { "DrainDuration", o => o.DrainDuration = TimeSpan.FromTicks(-1) },
        { "DrainGrace", o => o.DrainGrace = TimeSpan.FromHours(2) },
        { "ConnectionStateRecovery.MaxDisconnectionDuration", o => o.ConnectionStateRecovery = new() { MaxDisconnectionDuration = TimeSpan.Zero } },
        { "ConnectionStateRecovery.MaxSessions", o => o.ConnectionStateRecovery = new() { MaxSessions = 0 } },
        { "ConnectionStateRecovery.MaxPackets", o => o.ConnectionStateRecovery = new() { MaxPackets = 0 } },
        { "ConnectionStateRecovery.MaxTotalSessions", o => o.ConnectionStateRecovery = new() { MaxTotalSessions = 0 } },
        { "ConnectionStateRecovery.MaxTotalBytes", o => o.ConnectionStateRecovery = new() { MaxTotalBytes = 1 } },
        { "ConnectionStateRecovery.MaxBytes", o => o.ConnectionStateRecovery = new() { MaxBytes = 1 } },
        { "PerMessageDeflate.Threshold", o => o.PerMessageDeflate = new() { Threshold = -1 } },
        { "PerMessageDeflate.WindowBits", o => o.PerMessageDeflate = new() { WindowBits = 8 } },
        { "HttpCompression.Threshold", o => o.HttpCompression = new() { Threshold = -1 } },
        { "Transports", o => o.Transports = SocketIOTransports.None },
        { "Transports", o => o.Transports = (SocketIOTransports)8 },
        { "SerializerOptions", o => o.SerializerOptions = null! },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("example.org") },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("https://example.org/path") },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("ftp://example.org") },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("null") },
        { "AllowedOrigins", o => o.AllowedOrigins.Add("") },
        { "AllowCredentials", AnyOriginWithCredentials },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_setting_out_of_its_range_is_named(string name, Action<SocketIOOptions> mistake)
    {
        var options = new SocketIOOptions();
        mistake(options);
        var result = new SocketIOOptionsValidator().Validate(null, options);
        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldContain(name);
    }

    [Fact]
    public void The_defaults_and_all_sensible_origins_are_valid()
    {
        var options = new SocketIOOptions { AllowCredentials = true };
        foreach (var origin in new[] { "https://example.org", "https://example.org/", "http://localhost:5173", "https://[::1]:8443" })
        {
            options.AllowedOrigins.Add(origin);
        }

        new SocketIOOptionsValidator().Validate(null, options).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_mistake_stops_the_start_and_several_are_all_named()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(TestServer.StartAsync(o =>
        {
            o.PingInterval = TimeSpan.Zero;
            o.MaxSessions = -1;
        }));
        error.Message.ShouldContain("PingInterval: is 00:00:00, not between 00:00:00.0100000 and 01:00:00");
        error.Message.ShouldContain("MaxSessions: is -1, not between 1 and 2147483647");
    }

    private static void AnyOriginWithCredentials(SocketIOOptions options)
    {
        options.AllowedOrigins.Add("*");
        options.AllowCredentials = true;
    }
}
