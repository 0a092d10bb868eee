using System.Net;
using Parley.Core.Addresses;

namespace Parley.Net.Turn;

/// <summary>An address that a <see cref="TurnHost"/> listens on.</summary>
/// <param name="Protocol">What comes in there.</param>
/// <param name="Address">As it was bound: a concrete address and port.</param>
public sealed record TurnListener(TransportProtocol Protocol, IPEndPoint Address)
{
    /// <summary>Such as <c>udp 192.0.2.1:3478</c>.</summary>
    public override string ToString() => $"{Protocol} {Address}".ToLowerInvariant();
}
