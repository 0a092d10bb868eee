using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Limits;

/// <summary>
/// Who counts as one where bounds are per address: an address of version 4, or a /64 of version 6, since one customer usually has a whole
/// one to choose from. Some have more than one: where that matters, <see cref="Network"/> and <see cref="Provider"/> are counted too.
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

    /// <summary>What a customer of a provider has at most, as a rule: an address of version 4, or a /48 of version 6.</summary>
    public AddressBlock Network => FirstOf(bytesOfVersion4: 4, bytesOfVersion6: 6);

    /// <summary>What a provider has at least, as a rule: a /16 of version 4, or a /32 of version 6.</summary>
    public AddressBlock Provider => FirstOf(bytesOfVersion4: 2, bytesOfVersion6: 4);

    /// <summary>The bytes of its first address, in network order: 4 or 16 of them.</summary>
    public ReadOnlySpan<byte> Bytes => (_first ?? IPAddress.None).GetAddressBytes();

    public override string ToString() => _first?.ToString() ?? string.Empty;

    private AddressBlock FirstOf(int bytesOfVersion4, int bytesOfVersion6)
    {
        var bytes = (_first ?? IPAddress.None).GetAddressBytes();
        bytes.AsSpan(bytes.Length == 4 ? bytesOfVersion4 : bytesOfVersion6).Clear();
        return new(new IPAddress(bytes));
    }
}
