using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.SocketIO.Adapters.Recovery;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>A Socket.IO server: its namespaces. Get it from the services after <c>AddSocketIO()</c>.</summary>
public sealed class SocketServer
{
    // Far more than a match of a name takes, far less than would hold up other clients.
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(100);

    internal SocketServer(
        SocketIOOptions options, TimeProvider time, IServiceScopeFactory scopeFactory, ILogger logger, Meter meter)
    {
        (Options, Time, ScopeFactory, Logger) = (options, time, scopeFactory, logger);
        RecoveryBudget = options.ConnectionStateRecovery is { } recovery ? new RecoveryBudget(recovery, new RecoveryMetrics(meter)) : null;
        Serializer = new ArgumentSerializer(options);
        Encoder = new PacketEncoder(options, Serializer);
        Namespaces = new NamespaceTable(this);
        Of("/");
    }

    internal SocketIOOptions Options { get; }

    internal TimeProvider Time { get; }

    internal IServiceScopeFactory ScopeFactory { get; }

    internal ILogger Logger { get; }

    internal ArgumentSerializer Serializer { get; }

    internal PacketEncoder Encoder { get; }

    internal NamespaceTable Namespaces { get; }

    /// <summary>What the namespaces may keep for those who are away; null when nothing is.</summary>
    internal RecoveryBudget? RecoveryBudget { get; }

    /// <summary>
    /// The namespace with this name, made if it is new; it stays. Clients can only connect to namespaces that exist, or that a
    /// <see cref="ParentNamespace"/> makes for them; <c>/</c> always exists. A new one whose name fits the pattern of a parent is a child
    /// of that, as if a client had asked for it: the parent's middlewares and connection handlers are its own, too.
    /// </summary>
    /// <param name="name">The name; a leading slash is added when missing. It may not contain a comma.</param>
    /// <exception cref="RegexMatchTimeoutException">A parent's pattern did not tell in time whether the name fits it.</exception>
    public SocketNamespace Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains(','))
        {
            throw new ArgumentException("A namespace's name may not contain a comma: the protocol ends names with it.", nameof(name));
        }

        return Namespaces.GetOrAdd(name.StartsWith('/') ? name : "/" + name);
    }

    /// <summary>
    /// Makes a namespace for every client that asks for one whose name, with its leading slash, has this pattern in it: anchor it.
    /// Parents are asked in the order in which they were made, for names that do not exist. A pattern without a time limit gets
    /// one of 100 ms, past which the name does not match.
    /// </summary>
    public ParentNamespace Of(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var limited = pattern.MatchTimeout == Regex.InfiniteMatchTimeout
            ? new Regex(pattern.ToString(), pattern.Options, MatchLimit)
            : pattern;
        return Add(new ParentNamespace(this, (name, _) => ValueTask.FromResult(FitsInTime(name)), limited.IsMatch));

        bool FitsInTime(string name)
        {
            try
            {
                return limited.IsMatch(name);
            }
            catch (RegexMatchTimeoutException)
            {
                // A client chose the name: it gets what others get whose name does not match.
                return false;
            }
        }
    }

    /// <summary>
    /// Makes a namespace for every client that asks for one whose name and <c>auth</c> (see <see cref="Handshake.Auth"/>) this
    /// accepts. One that throws refuses the client. The namespace is the same for all who ask for its name. One that the application
    /// names itself (<see cref="Of(string)"/>) is not this parent's: there is no client to ask about.
    /// </summary>
    public ParentNamespace Of(Func<string, JsonElement, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Of((name, auth) => ValueTask.FromResult(predicate(name, auth)));
    }

    /// <inheritdoc cref="Of(Func{string, JsonElement, bool})"/>
    public ParentNamespace Of(Func<string, JsonElement, ValueTask<bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Add(new ParentNamespace(this, predicate));
    }

    internal IReadOnlyCollection<SocketNamespace> ChildrenOf(ParentNamespace parent) => Namespaces.ChildrenOf(parent);

    private ParentNamespace Add(ParentNamespace parent)
    {
        Namespaces.Add(parent);
        return parent;
    }
}
