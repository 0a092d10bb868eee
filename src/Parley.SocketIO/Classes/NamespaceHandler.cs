namespace Parley.SocketIO;

/// <summary>
/// What a namespace does with one socket: an instance is made when a client asks to connect, and disposed of when its socket has ended
/// and <see cref="OnDisconnectedAsync"/> with it. Its constructor's parameters are services of a scope that lives as long, and the
/// <see cref="SocketIO.Socket"/>, if it asks for one. See <see cref="NamespaceAttribute"/> and <see cref="OnAttribute"/>.
/// </summary>
/// <remarks>
/// Its methods are called as handlers of the socket are: one after another, in the order of the events' arrival, unless
/// <see cref="SocketIOOptions.MaxParallelEvents"/> says otherwise. Fields therefore need no lock for as long as only they use them.
/// </remarks>
public abstract class NamespaceHandler
{
    private Socket? _socket;

    /// <summary>The socket.</summary>
    /// <exception cref="InvalidOperationException">The constructor has not ended.</exception>
    protected Socket Socket => _socket
        ?? throw new InvalidOperationException("Socket is set after the constructor. A constructor that needs it takes it as a parameter.");

    /// <summary>Cancelled when the socket ends.</summary>
    protected CancellationToken ConnectionAborted => Socket.ConnectionAborted;

    /// <summary>
    /// Decides, as a connection middleware does, whether the client enters the namespace. It has passed the class's <c>[Authorize]</c> by
    /// then. One that throws refuses with <c>Internal error</c>. Accepts, unless it is overridden.
    /// </summary>
    protected virtual ValueTask<ConnectResult> OnConnectingAsync() => new(ConnectResult.Accept);

    /// <summary>Called when the client has connected. Its events wait until this has ended.</summary>
    protected virtual ValueTask OnConnectedAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Called once when a socket that was connected has ended and left its rooms, after the last of its events' methods. The services of
    /// the constructor are there until this has ended.
    /// </summary>
    /// <param name="reason">Why it ended.</param>
    protected virtual ValueTask OnDisconnectedAsync(DisconnectReason reason) => ValueTask.CompletedTask;

    internal ValueTask<ConnectResult> ConnectAsync() => OnConnectingAsync();

    internal ValueTask HandleConnectedAsync() => OnConnectedAsync();

    internal ValueTask HandleDisconnectedAsync(DisconnectReason reason) => OnDisconnectedAsync(reason);

    internal virtual void Attach(Socket socket, Delegate? clientFactory) => _socket = socket;
}

/// <summary>A <see cref="NamespaceHandler"/> that speaks to clients through an interface.</summary>
/// <typeparam name="TClient">What clients understand: an interface that is marked with <see cref="TypedClientAttribute"/>.</typeparam>
public abstract class NamespaceHandler<TClient> : NamespaceHandler
    where TClient : class
{
    private NamespaceContext<TClient>? _clients;
    private TClient? _client;

    /// <summary>The client of this socket.</summary>
    /// <exception cref="InvalidOperationException">The constructor has not ended.</exception>
    protected TClient Client => _client ??= Clients.Of(Socket);

    /// <summary>All clients of the namespace, this one among them, and choices from them.</summary>
    /// <exception cref="InvalidOperationException">The constructor has not ended.</exception>
    protected NamespaceContext<TClient> Clients => _clients
        ?? throw new InvalidOperationException("Clients are set after the constructor.");

    /// <summary>All clients of the namespace but this one.</summary>
    /// <exception cref="InvalidOperationException">The constructor has not ended.</exception>
    protected TClient Others => Clients.Of(Socket.Broadcast);

    internal override void Attach(Socket socket, Delegate? clientFactory)
    {
        base.Attach(socket, clientFactory);
        _clients = new NamespaceContext<TClient>(new NamespaceContext(socket.Namespace), (ClientFactory<TClient>)clientFactory!);
    }
}
