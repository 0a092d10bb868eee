using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>What the command line asks for.</summary>
internal sealed record HostArguments(string Suite, int Port, TimeSpan PingInterval, TimeSpan PingTimeout)
{
    // As the official suites expect it. Under other load than theirs alone that is short.
    private const string OfficialPingInterval = "300";
    private const string OfficialPingTimeout = "200";

    public static HostArguments? TryParse(string[] args) => args switch
    {
        ["--suite", var suite, "--port", var port] =>
            TryParse(suite, port, OfficialPingInterval, OfficialPingTimeout),
        ["--suite", var suite, "--port", var port, "--ping-interval", var interval, "--ping-timeout", var timeout] =>
            TryParse(suite, port, interval, timeout),
        _ => null,
    };

    private static HostArguments? TryParse(string suite, string port, string pingInterval, string pingTimeout) =>
        suite is "engineio3" or "engineio4" or "socketio5" or "client" or "client-msgpack" or "client-recovery" or "client-compression"
        && TryParse(port, IPEndPoint.MaxPort) is { } number
        && TryParse(pingInterval, int.MaxValue) is { } interval
        && TryParse(pingTimeout, int.MaxValue) is { } timeout
            ? new(suite, number, TimeSpan.FromMilliseconds(interval), TimeSpan.FromMilliseconds(timeout))
            : null;

    private static int? TryParse(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
