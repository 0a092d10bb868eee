namespace Parley.SocketIO;

/// <summary>Makes a typed client for some receivers: <c>For</c> of an interface that is marked with <see cref="TypedClientAttribute"/>.</summary>
/// <typeparam name="TClient">The interface.</typeparam>
/// <param name="receivers">A socket, a selection of sockets, or a namespace.</param>
/// <param name="ackTimeout">How long acknowledgements may take; null for <see cref="SocketIOOptions.AckTimeout"/>.</param>
public delegate TClient ClientFactory<out TClient>(IEventEmitter receivers, TimeSpan? ackTimeout)
    where TClient : class;
