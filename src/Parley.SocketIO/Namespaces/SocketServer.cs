using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>A Socket.IO server: its namespaces. Get it from the services after <c>AddSocketIO()</c>.</summary>
public sealed class SocketServer
{
    private readonly ConcurrentDictionary<string, SocketNamespace> _namespaces = new(StringComparer.Ordinal);

    internal SocketServer(SocketIOOptions options, TimeProvider time, IServiceScopeFactory scopeFactory, ILogger logger)
    {
        (Options, Time, ScopeFactory, Logger) = (options, time, scopeFactory, logger);
        Serializer = new ArgumentSerializer(options);
        Encoder = new PacketEncoder(options, Serializer);
        Of("/");
    }

    internal SocketIOOptions Options { get; }

    internal TimeProvider Time { get; }

    internal IServiceScopeFactory ScopeFactory { get; }

    internal ILogger Logger { get; }

    internal ArgumentSerializer Serializer { get; }

    internal PacketEncoder Encoder { get; }

    /// <summary>
    /// The namespace with this name, made if it is new. Clients can only connect to namespaces that exist; <c>/</c> always does.
    /// </summary>
    /// <param name="name">The name; a leading slash is added when missing. It may not contain a comma.</param>
    public SocketNamespace Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains(','))
        {
            throw new ArgumentException("A namespace's name may not contain a comma: the protocol ends names with it.", nameof(name));
        }

        return _namespaces.GetOrAdd(name.StartsWith('/') ? name : "/" + name, static (n, server) => new(server, n), this);
    }

    internal bool TryGetNamespace(string name, [NotNullWhen(true)] out SocketNamespace? ns) =>
        _namespaces.TryGetValue(name, out ns);
}
