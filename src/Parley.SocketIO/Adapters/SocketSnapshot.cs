namespace Parley.SocketIO.Adapters;

/// <summary>A socket as it was when it was asked for, on whichever server.</summary>
internal sealed record SocketSnapshot(
    string Id, Handshake Handshake, IReadOnlyCollection<string> Rooms, IReadOnlyDictionary<string, object?> Items);
