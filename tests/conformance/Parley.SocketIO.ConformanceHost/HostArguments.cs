using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>What the command line asks for.</summary>
internal sealed record HostArguments(string Suite, int Port)
{
    public static HostArguments? TryParse(string[] args) =>
        args is ["--suite", ("engineio4" or "socketio5" or "client") and var suite, "--port", var text]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= IPEndPoint.MaxPort
            ? new(suite, port)
            : null;

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
