using System.Net;

namespace Parley.SocketLoad;

/// <summary>What the command line says.</summary>
internal sealed record LoadOptions
{
    /// <summary>Where the server listens, on 127.0.0.1.</summary>
    public required int Port { get; init; }

    /// <summary>Which process it is, on this machine.</summary>
    public required int Process { get; init; }

    /// <summary>How many clients.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>Payload of a message, in bytes.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Messages are binary attachments, not text.</summary>
    public bool IsBinary { get; init; }

    /// <summary>
    /// Messages per second of all clients together, sent when they are due whatever the server does; 0: each is sent when the one before
    /// it has come back.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>Messages that may be on their way at a time, of one client, without a rate.</summary>
    public int Window { get; init; } = 1;

    /// <summary>How long messages are sent before they count; longer where so many are too few to warm a server up.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long they count.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the server listens.</summary>
    public IPEndPoint Server => new(IPAddress.Loopback, Port);
}
