using System.Collections.Immutable;

namespace Parley.SocketIO.Namespaces;

/// <summary>Listeners that hear every event of one direction, in the order in which they were added.</summary>
/// <remarks>Thread-safe. A listener is known by the delegate that the application gave, whatever it was wrapped in.</remarks>
internal sealed class CatchAll<TListener>
    where TListener : Delegate
{
    private ImmutableArray<(Delegate Given, TListener Listener)> _entries = [];

    public ImmutableArray<(Delegate Given, TListener Listener)> Entries => _entries;

    public void Add(Delegate given, TListener listener) =>
        ImmutableInterlocked.Update(ref _entries, static (all, added) => all.Add(added), (given, listener));

    /// <summary>Removes one listener (of one that was added twice, the older), or with null all.</summary>
    public void Remove(Delegate? given) =>
        ImmutableInterlocked.Update(ref _entries, static (all, removed) => removed is null ? [] : Without(all, removed), given);

    private static ImmutableArray<(Delegate Given, TListener Listener)> Without(
        ImmutableArray<(Delegate Given, TListener Listener)> entries, Delegate removed)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Given.Equals(removed))
            {
                return entries.RemoveAt(i);
            }
        }

        return entries;
    }
}
