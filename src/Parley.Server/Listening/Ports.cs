using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Listening;

/// <summary>Tells which ports can be listened on.</summary>
internal static class Ports
{
    /// <summary>Tries a port of this machine alone ("localhost").</summary>
    /// <returns><see cref="SocketError.Success"/>, or why it cannot be had.</returns>
    public static SocketError TryLocalhost(int port)
    {
        var error = Try(IPAddress.Loopback, port);
        return error == SocketError.Success && Socket.OSSupportsIPv6 ? Ignoring(Try(IPAddress.IPv6Loopback, port)) : error;
    }

    /// <summary>Tries a port of all interfaces.</summary>
    /// <returns><see cref="SocketError.Success"/>, or why it cannot be had.</returns>
    public static SocketError TryEverywhere(int port)
    {
        var error = Try(IPAddress.Any, port);
        return error == SocketError.Success && Socket.OSSupportsIPv6 ? Ignoring(Try(IPAddress.IPv6Any, port)) : error;
    }

    private static SocketError Try(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    // A machine may know IPv6 and yet have none; the server then listens on IPv4 alone.
    private static SocketError Ignoring(SocketError error) =>
        error is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported ? SocketError.Success : error;
}
