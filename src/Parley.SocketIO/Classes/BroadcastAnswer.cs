namespace Parley.SocketIO;

/// <summary>One client's acknowledgement of a broadcast by a typed client.</summary>
/// <typeparam name="T">What clients answer with.</typeparam>
/// <param name="SocketId">The <c>Id</c> of its socket.</param>
/// <param name="Value">The acknowledgement's first argument.</param>
public sealed record BroadcastAnswer<T>(string SocketId, T Value);
