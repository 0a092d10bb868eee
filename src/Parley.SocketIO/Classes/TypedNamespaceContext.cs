using Parley.SocketIO.Classes;

namespace Parley.SocketIO;

/// <summary>
/// A namespace's clients, spoken to through an interface: what a controller, a background service or anything else that services are
/// injected into needs, and what a <see cref="NamespaceHandler{TClient}"/> calls <c>Clients</c>. <c>AddNamespace</c> registers one for each
/// class whose base names the interface; if several name the same, each under its namespace's name as the key:
/// <c>[FromKeyedServices("/chat")] NamespaceContext&lt;IChatClient&gt; chat</c>.
/// </summary>
/// <typeparam name="TClient">What clients understand: an interface that is marked with <see cref="TypedClientAttribute"/>.</typeparam>
public sealed class NamespaceContext<TClient>
    where TClient : class
{
    private readonly ClientFactory<TClient> _factory;
    private readonly TimeSpan? _ackTimeout;

    internal NamespaceContext(NamespaceContext untyped, ClientFactory<TClient> factory, TimeSpan? ackTimeout = null) =>
        (Untyped, _factory, _ackTimeout) = (untyped, factory, ackTimeout);

    /// <summary>The same namespace, for events that the interface does not have, and for selections of every kind.</summary>
    public NamespaceContext Untyped { get; }

    /// <summary>All clients.</summary>
    public TClient All => Of(Untyped.All);

    /// <summary>The clients in any of some rooms.</summary>
    /// <param name="rooms">One room or more.</param>
    /// <exception cref="ArgumentException">There is none, or the name of one is empty.</exception>
    public TClient To(params ReadOnlySpan<string> rooms) => Of(Chosen(rooms, nameof(rooms), static (all, room) => all.To(room)));

    /// <summary>The clients that are in none of some rooms.</summary>
    /// <param name="rooms">One room or more.</param>
    /// <exception cref="ArgumentException">There is none, or the name of one is empty.</exception>
    public TClient Except(params ReadOnlySpan<string> rooms) => Of(Chosen(rooms, nameof(rooms), static (all, room) => all.Except(room)));

    /// <summary>The client of one socket. It can be asked for an answer; one that is not there is an <see cref="AckException"/> then.</summary>
    /// <param name="id">The socket's public id.</param>
    public TClient Socket(string id) => Of(new SingleReceiver(Untyped.To(id)));

    /// <summary>The clients of any receivers: <c>Of(Socket.To("red").Except("blue").Volatile)</c>.</summary>
    /// <param name="receivers">A socket, a selection of sockets, or a namespace.</param>
    public TClient Of(IEventEmitter receivers) => _factory(receivers, _ackTimeout);

    /// <summary>The same clients, with another time for acknowledgements than <see cref="SocketIOOptions.AckTimeout"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public NamespaceContext<TClient> Timeout(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return new(Untyped, _factory, limit);
    }

    private BroadcastOperator Chosen(
        ReadOnlySpan<string> rooms, string parameter, Func<BroadcastOperator, string, BroadcastOperator> narrow)
    {
        // Without a room a selection is everybody, which a forgotten argument should not mean.
        if (rooms.IsEmpty)
        {
            throw new ArgumentException("At least one room is needed.", parameter);
        }

        var chosen = Untyped.All;
        foreach (var room in rooms)
        {
            chosen = narrow(chosen, room);
        }

        return chosen;
    }
}
