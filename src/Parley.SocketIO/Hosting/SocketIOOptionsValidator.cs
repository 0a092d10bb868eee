using Microsoft.Extensions.Options;

namespace Parley.SocketIO.Hosting;

/// <summary>Says which setting is out of its range, before the first client comes.</summary>
internal sealed class SocketIOOptionsValidator : IValidateOptions<SocketIOOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SocketIOOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Check(errors, nameof(options.PingInterval), options.PingInterval);
        Check(errors, nameof(options.PingTimeout), options.PingTimeout);
        Check(errors, nameof(options.UpgradeTimeout), options.UpgradeTimeout);
        Check(errors, nameof(options.ConnectTimeout), options.ConnectTimeout);
        Check(errors, nameof(options.PollingCloseGrace), options.PollingCloseGrace);
        Check(errors, nameof(options.AckTimeout), options.AckTimeout);
        Check(errors, nameof(options.DrainDuration), options.DrainDuration, TimeSpan.Zero);
        Check(errors, nameof(options.DrainGrace), options.DrainGrace, TimeSpan.Zero);
        Check(errors, nameof(options.MaxPayloadBytes), options.MaxPayloadBytes, 64, 1 << 30);
        Check(errors, nameof(options.MaxPacketsPerPayload), options.MaxPacketsPerPayload, 1, 1_000_000);
        Check(errors, nameof(options.MaxAttachments), options.MaxAttachments, 0, 1000);
        Check(errors, nameof(options.MaxPacketBytes), options.MaxPacketBytes, 128, 1 << 30);
        Check(errors, nameof(options.MaxJsonDepth), options.MaxJsonDepth, 1, 1000);
        Check(errors, nameof(options.MaxNamespacesPerConnection), options.MaxNamespacesPerConnection, 1, 10_000);
        Check(errors, nameof(options.MaxNamespaceNameBytes), options.MaxNamespaceNameBytes, 1, 4096);
        Check(errors, nameof(options.MaxDynamicNamespaces), options.MaxDynamicNamespaces, 1, 1_000_000);
        Check(errors, nameof(options.MaxPendingAcks), options.MaxPendingAcks, 1, 1_000_000);
        Check(errors, nameof(options.MaxOutboundBytes), options.MaxOutboundBytes, 1024, int.MaxValue);
        Check(errors, nameof(options.MaxOutboundPackets), options.MaxOutboundPackets, 16, int.MaxValue);
        Check(errors, nameof(options.MaxQueuedEvents), options.MaxQueuedEvents, 1, 1_000_000);
        Check(errors, nameof(options.MaxQueuedEventBytes), options.MaxQueuedEventBytes, 1024, int.MaxValue);
        Check(errors, nameof(options.MaxParallelEvents), options.MaxParallelEvents, 1, 1000);
        Check(errors, nameof(options.MaxEventsPerSecond), options.MaxEventsPerSecond, 0, 1_000_000);
        Check(errors, nameof(options.EventBurst), options.EventBurst, 1, 1_000_000);
        Check(errors, nameof(options.MaxSessions), options.MaxSessions, 1, int.MaxValue);
        Check(errors, nameof(options.MaxSessionsPerAddress), options.MaxSessionsPerAddress, 1, int.MaxValue);
        if (options.Transports is SocketIOTransports.None or > (SocketIOTransports.Polling | SocketIOTransports.WebSocket))
        {
            errors.AddError("is not a set of known transports", nameof(options.Transports));
        }

        if (options.SerializerOptions is null)
        {
            errors.AddError("is missing", nameof(options.SerializerOptions));
        }

        CheckOrigins(errors, options);
        if (options.ConnectionStateRecovery is { } recovery)
        {
            CheckRecovery(errors, recovery);
        }

        if (options.PerMessageDeflate is { } deflate)
        {
            const string Prefix = nameof(options.PerMessageDeflate) + ".";
            Check(errors, Prefix + nameof(deflate.Threshold), deflate.Threshold, 0, 1 << 30);
            Check(errors, Prefix + nameof(deflate.WindowBits), deflate.WindowBits, 9, 15);
        }

        if (options.HttpCompression is { } compression)
        {
            Check(
                errors, $"{nameof(options.HttpCompression)}.{nameof(compression.Threshold)}", compression.Threshold, 0, 1 << 30);
        }

        return errors.Build();
    }

    private static void CheckRecovery(ValidateOptionsResultBuilder errors, ConnectionStateRecoveryOptions recovery)
    {
        const string Prefix = nameof(SocketIOOptions.ConnectionStateRecovery) + ".";
        Check(errors, Prefix + nameof(recovery.MaxDisconnectionDuration), recovery.MaxDisconnectionDuration);
        Check(errors, Prefix + nameof(recovery.MaxSessions), recovery.MaxSessions, 1, 1_000_000);
        Check(errors, Prefix + nameof(recovery.MaxPackets), recovery.MaxPackets, 1, 1_000_000);
        Check(errors, Prefix + nameof(recovery.MaxBytes), recovery.MaxBytes, 1024, int.MaxValue);
        Check(errors, Prefix + nameof(recovery.MaxTotalSessions), recovery.MaxTotalSessions, 1, 1_000_000);
        Check(errors, Prefix + nameof(recovery.MaxTotalBytes), recovery.MaxTotalBytes, 1024, 1L << 40);
    }

    private static void CheckOrigins(ValidateOptionsResultBuilder errors, SocketIOOptions options)
    {
        foreach (var origin in options.AllowedOrigins)
        {
            var isOrigin = Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && string.Equals(origin.TrimEnd('/'), uri!.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
            if (!isOrigin && origin != "*")
            {
                errors.AddError(
                    $"has \"{origin}\", which is not an origin such as https://example.org, nor *", nameof(options.AllowedOrigins));
            }
        }

        if (options.AllowCredentials && options.AllowedOrigins.Contains("*"))
        {
            errors.AddError("cannot be combined with the origin *: browsers refuse it", nameof(options.AllowCredentials));
        }
    }

    private static void Check(ValidateOptionsResultBuilder errors, string name, TimeSpan value) =>
        Check(errors, name, value, Shortest);

    private static void Check(ValidateOptionsResultBuilder errors, string name, TimeSpan value, TimeSpan min)
    {
        if (value < min || value > Longest)
        {
            errors.AddError($"is {value}, not between {min} and {Longest}", name);
        }
    }

    private static void Check(ValidateOptionsResultBuilder errors, string name, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            errors.AddError($"is {value}, not between {min} and {max}", name);
        }
    }
}
