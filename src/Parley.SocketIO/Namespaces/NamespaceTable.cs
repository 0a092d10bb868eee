using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Parley.SocketIO.Namespaces;

/// <summary>
/// The namespaces of a server. Those that clients made are bounded in number and, if the option says so, go with the last socket
/// that was in them or on its way in.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NamespaceTable(SocketServer server)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, SocketNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<SocketNamespace, int> _occupants = new(ReferenceEqualityComparer.Instance);
    private ImmutableArray<ParentNamespace> _parents = [];

    public bool HasParents => !_parents.IsEmpty;

    public void Add(ParentNamespace parent) =>
        ImmutableInterlocked.Update(ref _parents, static (all, added) => all.Add(added), parent);

    /// <summary>
    /// The application's own: it stays, even if a client made it. What a parent asks of those who come holds for it, too; else a name
    /// that the application was the first to use would be a way past.
    /// </summary>
    /// <exception cref="RegexMatchTimeoutException">
    /// A pattern did not tell in time whether the name fits it; nobody may get past the parent for that.
    /// </exception>
    public SocketNamespace GetOrAdd(string name)
    {
        // Patterns take their time, and nobody else should wait for it.
        var parent = _namespaces.ContainsKey(name) ? null : _parents.FirstOrDefault(p => p.Fits(name));
        lock (_gate)
        {
            if (!_namespaces.TryGetValue(name, out var ns))
            {
                return _namespaces[name] = parent?.CreateChild(name) ?? new SocketNamespace(server, name, parent: null);
            }

            _occupants.Remove(ns);
            return ns;
        }
    }

    public IReadOnlyCollection<SocketNamespace> ChildrenOf(ParentNamespace parent) =>
        [.. _namespaces.Values.Where(ns => ReferenceEquals(ns.Parent, parent))];

    /// <summary>The first parent, in the order in which they were made, that wants this namespace.</summary>
    public async ValueTask<ParentNamespace?> FindParentAsync(string name, JsonElement auth)
    {
        foreach (var parent in _parents)
        {
            if (await parent.MatchesAsync(name, auth))
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>A namespace that is there, with one more socket on its way in: until <see cref="Exit"/>.</summary>
    public bool TryEnter(string name, [NotNullWhen(true)] out SocketNamespace? ns)
    {
        if (!_namespaces.TryGetValue(name, out ns) || ns.Parent is null)
        {
            return ns is not null;
        }

        lock (_gate)
        {
            // Looked up again: it may have gone with its last socket.
            return _namespaces.TryGetValue(name, out ns) && Count(ns);
        }
    }

    /// <summary>The same, with the namespace made if it is not there. False when there are as many as may be.</summary>
    public bool TryEnter(string name, ParentNamespace parent, [NotNullWhen(true)] out SocketNamespace? ns)
    {
        lock (_gate)
        {
            // Made meanwhile for another client, or by the application.
            if (_namespaces.TryGetValue(name, out ns))
            {
                return Count(ns);
            }

            if (_occupants.Count >= server.Options.MaxDynamicNamespaces)
            {
                return false;
            }

            ns = _namespaces[name] = parent.CreateChild(name);
            _occupants.Add(ns, 1);
            return true;
        }
    }

    /// <summary>A socket that had entered is no more.</summary>
    public void Exit(SocketNamespace ns)
    {
        if (ns.Parent is null)
        {
            return;
        }

        lock (_gate)
        {
            if (!_occupants.TryGetValue(ns, out var count))
            {
                return;
            }

            _occupants[ns] = count - 1;
            if (count == 1 && server.Options.CleanupEmptyChildNamespaces)
            {
                _occupants.Remove(ns);
                _namespaces.TryRemove(ns.Name, out _);
            }
        }
    }

    // Without an entry it is the application's, and not counted any more.
    private bool Count(SocketNamespace ns)
    {
        if (_occupants.TryGetValue(ns, out var count))
        {
            _occupants[ns] = count + 1;
        }

        return true;
    }
}
