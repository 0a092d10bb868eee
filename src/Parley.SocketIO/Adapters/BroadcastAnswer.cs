namespace Parley.SocketIO;

/// <summary>One client's acknowledgement of a broadcast.</summary>
/// <param name="SocketId">The <c>Id</c> of its socket.</param>
/// <param name="Arguments">What it acknowledged with.</param>
public sealed record BroadcastAnswer(string SocketId, EventArguments Arguments);
