using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>What the command line asks for.</summary>
internal sealed record HostArguments(string Suite, int Port, TimeSpan PingInterval, TimeSpan PingTimeout)
{
    public const string Suites =
        "engineio3|engineio4|socketio5|engineio-client|socketio-client|client|client-msgpack|client-recovery|client-compression|soak";

    public static HostArguments? TryParse(string[] args) => args switch
    {
        ["--suite", var suite, "--port", var port] when PingsOf(suite) is (var interval, var timeout) =>
            TryParse(suite, port, interval, timeout),
        ["--suite", var suite, "--port", var port, "--ping-interval", var interval, "--ping-timeout", var timeout] =>
            TryParse(suite, port, interval, timeout),
        _ => null,
    };

    // As each official suite expects it. Under other load than theirs alone that of the protocols' is short.
    private static (string Interval, string Timeout) PingsOf(string suite) => suite switch
    {
        "socketio-client" => ("2000", "20000"),
        "engineio-client" => ("500", "20000"),
        _ => ("300", "200"),
    };

    private static HostArguments? TryParse(string suite, string port, string pingInterval, string pingTimeout) =>
        Suites.Split('|').Contains(suite, StringComparer.Ordinal)
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
