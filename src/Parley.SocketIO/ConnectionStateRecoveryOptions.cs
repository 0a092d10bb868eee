namespace Parley.SocketIO;

/// <summary>
/// Settings of connection state recovery: a client whose connection broke comes back as the same socket and gets what it missed. Of
/// the bounds, those of a total hold for all namespaces of the server together, the others for each. Where one is hit, clients connect as
/// new ones (<see cref="Socket.Recovered"/> is false): nothing is ever replayed with a gap or twice.
/// </summary>
/// <remarks>Set as <see cref="SocketIOOptions.ConnectionStateRecovery"/>, and validated with it.</remarks>
public sealed record ConnectionStateRecoveryOptions
{
    /// <summary>
    /// How long a socket whose connection broke is kept for its client, from the moment at which the server noticed. 10 ms to 1 hour;
    /// default 2 minutes, as in the reference.
    /// </summary>
    public TimeSpan MaxDisconnectionDuration { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether a recovered socket enters its namespace without asking the middlewares again. Only somebody whom ASP.NET Core
    /// authenticates as the same user is recovered in any case. Default: yes, as in the reference.
    /// </summary>
    public bool SkipMiddlewares { get; set; } = true;

    /// <summary>
    /// Most sockets that are kept while their clients are away. One more costs the one that has been away longest. 1 to 1 000 000;
    /// default 10 000.
    /// </summary>
    public int MaxSessions { get; set; } = 10_000;

    /// <summary>Most events that are kept to be replayed; the oldest go first. 1 to 1 000 000; default 10 000.</summary>
    public int MaxPackets { get; set; } = 10_000;

    /// <summary>
    /// Most bytes of events that are kept to be replayed; the oldest go first. Each costs its text with an offset and without (for
    /// clients of Socket.IO 2), its attachments, and 128 bytes more. 1024 to 2 147 483 647; default 16 MiB.
    /// </summary>
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Most sockets that all namespaces together keep while their clients are away. One more costs those that have been away longest in
    /// the namespaces that keep most. 1 to 1 000 000; default 50 000, as many as there may be sessions
    /// (<see cref="SocketIOOptions.MaxSessions"/>).
    /// </summary>
    public int MaxTotalSessions { get; set; } = 50_000;

    /// <summary>
    /// Most bytes of events that all namespaces together keep to be replayed, counted as in <see cref="MaxBytes"/>; the oldest go
    /// first, of the namespaces that keep most. 1024 to 1 TiB; default 64 MiB.
    /// </summary>
    public long MaxTotalBytes { get; set; } = 64 * 1024 * 1024;
}
