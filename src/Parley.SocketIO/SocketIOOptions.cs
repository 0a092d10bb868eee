using System.Text.Json;

namespace Parley.SocketIO;

/// <summary>Settings of a Socket.IO server. Everything that a stranger controls has a bound here.</summary>
/// <remarks>Validated when the server starts: a value out of its range throws <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</remarks>
public sealed record SocketIOOptions
{
    /// <summary>Time between a client's pong and the server's next ping. 10 ms to 1 hour; default 25 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Time a client has to answer a ping before its connection counts as dead. 10 ms to 1 hour; default 20 s.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Time a WebSocket has, from its opening, to finish the upgrade of a polling session. Default 10 s.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time a connection has to join its first namespace. Default 45 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long the close packet of a polling session waits for the poll that carries it. Default 30 s.</summary>
    public TimeSpan PollingCloseGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Largest WebSocket message, and largest body of a polling POST, that a client may send, in bytes; told to clients as
    /// <c>maxPayload</c>. 64 to 1 GiB; default 1 000 000.
    /// </summary>
    public int MaxPayloadBytes { get; set; } = 1_000_000;

    /// <summary>Most Engine.IO packets in the body of one polling POST. Default 4096.</summary>
    public int MaxPacketsPerPayload { get; set; } = 4096;

    /// <summary>Most binary attachments of one Socket.IO packet. 0 to 1000; default 10, as in the reference.</summary>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>Largest Socket.IO packet with all its attachments, in bytes. Default 4 000 000.</summary>
    public int MaxPacketBytes { get; set; } = 4_000_000;

    /// <summary>Deepest nesting of arrays and objects in a packet. 1 to 1000; default 64.</summary>
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>Most namespaces that one connection may have joined or be joining. Default 16.</summary>
    public int MaxNamespacesPerConnection { get; set; } = 16;

    /// <summary>Longest namespace name that is read from a client, in bytes. Default 256.</summary>
    public int MaxNamespaceNameBytes { get; set; } = 256;

    /// <summary>
    /// Most namespaces at a time that clients may have made through a <c>ParentNamespace</c>; further ones are refused. 1 to
    /// 1 000 000; default 10 000.
    /// </summary>
    public int MaxDynamicNamespaces { get; set; } = 10_000;

    /// <summary>
    /// Whether a namespace that a client made goes with its last socket. Without it, such namespaces stay until the server stops,
    /// and the bound above is reached some day. Default: yes (the reference's is no).
    /// </summary>
    public bool CleanupEmptyChildNamespaces { get; set; } = true;

    /// <summary>Most acknowledgements that one socket may owe the server at a time. Default 1000.</summary>
    public int MaxPendingAcks { get; set; } = 1000;

    /// <summary>Time a client has to acknowledge an event, unless the call says otherwise. Default 20 s.</summary>
    public TimeSpan AckTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Bytes that may wait to be sent to one connection. A packet is taken as long as fewer bytes wait, so at most one packet
    /// exceeds the bound; the next one closes the connection as a slow reader. Default 4 MiB.
    /// </summary>
    public int MaxOutboundBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Engine.IO packets that may wait to be sent to one connection; past it the connection is closed. Default 16384.</summary>
    public int MaxOutboundPackets { get; set; } = 16_384;

    /// <summary>Received events that may wait for their handlers on one socket; then reading pauses. Default 256.</summary>
    public int MaxQueuedEvents { get; set; } = 256;

    /// <summary>Bytes of received events that may wait for their handlers on one socket; then reading pauses. Default 4 MiB.</summary>
    public int MaxQueuedEventBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How many event handlers of one socket may run at a time. Events always start in the order of their arrival. 1 to 1000;
    /// default 1: one after another. Acknowledgements never wait for handlers.
    /// </summary>
    public int MaxParallelEvents { get; set; } = 1;

    /// <summary>
    /// Events, and requests to join a namespace, that one connection may send in a second, over some time; 0 for no limit. One too
    /// many is refused with <c>{"error":{"message":"Too many events"}}</c> as its acknowledgement and takes part in the count; after
    /// <see cref="EventBurst"/> refusals more than the rate makes up for, the connection is closed. 0 to 1 000 000; default 0.
    /// </summary>
    public int MaxEventsPerSecond { get; set; }

    /// <summary>Events that one connection may send at once after a silence. 1 to 1 000 000; default 100.</summary>
    public int EventBurst { get; set; } = 100;

    /// <summary>Most sessions at a time; further handshakes are answered with 503. Default 50 000.</summary>
    public int MaxSessions { get; set; } = 50_000;

    /// <summary>
    /// Most sessions at a time from one address (an IPv6 address counts by its /64 prefix); further handshakes are answered with
    /// 429. Behind a reverse proxy all clients share its address unless forwarded headers are processed before. Default 1000.
    /// </summary>
    public int MaxSessionsPerAddress { get; set; } = 1000;

    /// <summary>Transports that clients may use. Default: both.</summary>
    public SocketIOTransports Transports { get; set; } = SocketIOTransports.Polling | SocketIOTransports.WebSocket;

    /// <summary>Whether a polling session may become a WebSocket session. Default: yes.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>
    /// Whether clients of Socket.IO 2 (and 1), which speak version 3 of the Engine.IO protocol, may connect too; by polling and
    /// WebSocket, not by JSONP. Such a client derives the ids of its sockets from its session's id, so for it
    /// <see cref="Socket.Id"/> is that id, and whoever learns it can speak for the client as long as it polls: do not tell ids to
    /// other clients. Default: no.
    /// </summary>
    public bool AllowEio3 { get; set; }

    /// <summary>
    /// Lets clients whose connection broke come back as the same socket (with its id, rooms and <see cref="Socket.Items"/>) and
    /// get what they missed; for clients of socket.io 4.6 and newer. Every event without acknowledgement then carries one more
    /// argument, a text by which the client says how far it got. <c>EmitAsync</c> queues first and waits then. What is kept, is kept in
    /// memory: it does not outlive the server. Default: null, which is off.
    /// </summary>
    public ConnectionStateRecoveryOptions? ConnectionStateRecovery { get; set; }

    /// <summary>
    /// Time over which connections are closed, evenly, when the host stops, so that not all clients come back elsewhere at once. No
    /// new clients are taken meanwhile. All that, with <see cref="DrainGrace"/>, takes at most 80 % of the host's
    /// <see cref="Microsoft.Extensions.Hosting.HostOptions.ShutdownTimeout"/>: raise that, too. 0 to 1 hour; default 0, which is all at
    /// once.
    /// </summary>
    public TimeSpan DrainDuration { get; set; }

    /// <summary>
    /// Time that a connection has, when the host stops, to finish what is under way in it: running and queued event handlers, and
    /// acknowledgements that the server waits for. One with nothing under way does not wait. 0 to 1 hour; default 5 s.
    /// </summary>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Origins (scheme, host and port, such as <c>https://example.org</c>) of foreign pages that may connect, by polling (CORS) and
    /// by WebSocket alike; <c>*</c> allows all. Requests of the server's own origin, and of programs that send no Origin header, are
    /// always allowed. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Whether pages of <see cref="AllowedOrigins"/> may send cookies. Not possible together with <c>*</c>. Default: no.</summary>
    public bool AllowCredentials { get; set; }

    /// <summary>
    /// Compresses WebSocket messages. Default: null, which is off: where a client's secrets and what strangers send are compressed
    /// together, sizes tell of the secrets (CRIME), and each connection costs tens of kilobytes. See
    /// <see cref="Socket.Compress"/>.
    /// </summary>
    public PerMessageDeflateOptions? PerMessageDeflate { get; set; }

    /// <summary>Compresses the answers to polls. Default: null, which is off, for the same reasons (BREACH).</summary>
    public HttpCompressionOptions? HttpCompression { get; set; }

    /// <summary>
    /// How arguments become JSON and back. A copy is used, to which attachments of <c>byte[]</c>, <c>Memory&lt;byte&gt;</c> and
    /// <c>ReadOnlyMemory&lt;byte&gt;</c> are added. For ahead-of-time compilation set its <see cref="JsonSerializerOptions.TypeInfoResolver"/>
    /// to a source-generated context. Default: the web defaults, characters outside ASCII unescaped.
    /// </summary>
    public JsonSerializerOptions SerializerOptions { get; set; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// How packets become messages and back; clients must use the same. Default: null, which is JSON with attachments, as every client
    /// speaks it by itself. <c>UseMessagePack()</c> sets another. Clients of Socket.IO 2 (<see cref="AllowEio3"/>) speak JSON in any
    /// case, and every packet is then written in both forms.
    /// </summary>
    public IPacketParser? Parser { get; set; }
}

/// <summary>Ways in which a client can reach the server.</summary>
[Flags]
public enum SocketIOTransports
{
    /// <summary>None: not a valid setting.</summary>
    None = 0,

    /// <summary>HTTP long-polling.</summary>
    Polling = 1,

    /// <summary>WebSocket.</summary>
    WebSocket = 2,
}
