using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Server.Configuration;

namespace Parley.Server.Turn;

/// <summary>Finds a port that is free at all addresses of the TURN server.</summary>
/// <param name="busy">Receives default ports that another program has.</param>
/// <param name="probe">Tries a port: <see cref="SocketError.Success"/>, or why it cannot be had.</param>
internal sealed class TurnPorts(List<int> busy, TurnPorts.PortProbe probe)
{
    // Beyond that, any port will do.
    private const int Neighbours = 20;
    private const int MaxAttempts = 100;

    internal delegate SocketError PortProbe(int port, bool withUdp);

    /// <summary>A port, free now.</summary>
    /// <param name="configured">Null: the default one, or another one if that is in use.</param>
    /// <param name="defaultPort">The one that clients know.</param>
    /// <param name="key">Of the setting.</param>
    /// <param name="withUdp">For UDP and TCP, or for TCP alone.</param>
    /// <exception cref="ConfigurationException">The one that is configured cannot be had.</exception>
    /// <exception cref="IOException">None is free.</exception>
    public int Find(int? configured, int defaultPort, string key, bool withUdp)
    {
        if (configured is > 0 and var demanded)
        {
            return probe(demanded, withUdp) is var error && error == SocketError.Success
                ? demanded
                : throw new ConfigurationException(key, $"cannot be {Text(demanded)}: {Reason(error)}");
        }

        if (configured is null)
        {
            if (probe(defaultPort, withUdp) == SocketError.Success)
            {
                return defaultPort;
            }

            busy.Add(defaultPort);
            if (Enumerable.Range(defaultPort + 1, Neighbours).FirstOrDefault(port => probe(port, withUdp) == SocketError.Success) is var neighbour and > 0)
            {
                return neighbour;
            }
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // UDP and TCP, and all addresses, for which one port has to be found.
            var port = SomePort();
            if (probe(port, withUdp) == SocketError.Success)
            {
                return port;
            }
        }

        throw new IOException("no free port was found for TURN");
    }

    /// <summary>Sees to it that these addresses are this machine's.</summary>
    /// <param name="addresses">As configured.</param>
    /// <param name="key">Of the setting.</param>
    /// <exception cref="ConfigurationException">One is not.</exception>
    public static void Check(IReadOnlyList<InternetAddress> addresses, string key)
    {
        foreach (var address in addresses)
        {
            var error = Try([address], port: 0, withUdp: false);
            if (error is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
            {
                throw new ConfigurationException(key, $"has {address}, which is no address of this machine");
            }
        }
    }

    /// <summary>Tries a port at these addresses.</summary>
    public static SocketError Try(IReadOnlyList<InternetAddress> addresses, int port, bool withUdp)
    {
        foreach (var address in addresses)
        {
            var error = Try(address, port, SocketType.Stream, ProtocolType.Tcp);
            if (error == SocketError.Success && withUdp)
            {
                error = Try(address, port, SocketType.Dgram, ProtocolType.Udp);
            }

            if (error != SocketError.Success)
            {
                return error;
            }
        }

        return SocketError.Success;
    }

    private static SocketError Try(InternetAddress address, int port, SocketType type, ProtocolType protocol)
    {
        try
        {
            using var socket = new Socket(address.Family == IpFamily.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, type, protocol);
            socket.Bind(new IPEndPoint(address.ToIPAddress(), port));
            if (protocol == ProtocolType.Tcp)
            {
                socket.Listen(1);
            }

            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static int SomePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Reason(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "another program listens there",
        SocketError.AccessDenied => "this user may not listen there (ports below 1024 need a right of their own)",
        _ => new SocketException((int)error).Message,
    };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
