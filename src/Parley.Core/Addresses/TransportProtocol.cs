namespace Parley.Core.Addresses;

/// <summary>What carries bytes between two transport addresses.</summary>
public enum TransportProtocol : byte
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A byte stream.</summary>
    Tcp,

    /// <summary>A byte stream that nobody between can read: TLS over TCP.</summary>
    Tls,
}
