using System.Net;
using System.Net.Sockets;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// What counts as one address: an IPv4 address, or an IPv6 /64, since one customer usually has a whole /64 to choose from.
/// </summary>
internal readonly record struct AddressKey(ulong High, bool IsIPv4)
{
    public static AddressKey Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), true)
            : new(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes), false);
    }
}
