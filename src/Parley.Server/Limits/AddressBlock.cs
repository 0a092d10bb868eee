using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Limits;

/// <summary>
/// Who counts as one where bounds are per address: an address of version 4, or a /64 of version 6, since one customer usually has a whole
/// one to choose from.
/// </summary>
internal readonly record struct AddressBlock
{
    private readonly IPAddress? _first;

    private AddressBlock(IPAddress first) => _first = first;

    /// <summary>The block of an address; all connections without one are one block.</summary>
    public static AddressBlock Of(IPAddress? address)
    {
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (address is null || address.AddressFamily == AddressFamily.InterNetwork)
        {
            return new(address ?? IPAddress.None);
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(new IPAddress(bytes));
    }

    public override string ToString() => _first?.ToString() ?? string.Empty;
}
