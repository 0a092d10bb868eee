namespace Parley.SocketIO.Packets;

/// <summary>
/// Event names that the reference's emitters keep for themselves. From a client they would trigger the server's own handlers; a
/// client that receives one closes its connection.
/// </summary>
internal static class ReservedNames
{
    private static readonly string[] All =
        ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

    public static bool Contains(string name) => Array.IndexOf(All, name) >= 0;
}
