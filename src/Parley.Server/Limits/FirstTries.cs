using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Server.Limits;

/// <summary>
/// The first tries of each network, a few every day, whatever others do. Bounded in memory and in what somebody gains who has any number of
/// networks: they share a fixed number of places, drawn by a secret, and a provider's networks share a few of these. So it takes very many
/// networks to use up the places that others would have, and nobody can choose whose.
/// </summary>
/// <param name="secret">Decides which network has which place.</param>
/// <param name="time">For the day.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class FirstTries(UInt128 secret, TimeProvider time)
{
    /// <summary>How many places there are.</summary>
    public const int Places = 4096;

    /// <summary>How many of them the networks of one provider may have.</summary>
    public const int PlacesPerProvider = 64;

    /// <summary>How many tries a place has in a day: the first one, and one more after a slip of the finger.</summary>
    public const int TriesPerPlace = 2;

    private const int SecretLength = 16;
    private const int MaxAddressLength = 16;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Made with the first try: most rooms never see one.
    private byte[]? _spent;
    private long _day;

    /// <summary>Whether a network has one left. Asking costs nothing.</summary>
    public bool Has(AddressBlock address) =>
        _spent is null || time.GetElapsedTime(_day) >= Day || _spent[PlaceOf(address)] < TriesPerPlace;

    /// <summary>Takes note of one.</summary>
    public void Spend(AddressBlock address)
    {
        if (_spent is null || time.GetElapsedTime(_day) >= Day)
        {
            (_spent, _day) = (new byte[Places], time.GetTimestamp());
        }

        ref var spent = ref _spent[PlaceOf(address)];
        spent = (byte)Math.Min(spent + 1, TriesPerPlace);
    }

    private int PlaceOf(AddressBlock address)
    {
        var withinProvider = (byte)(Draw(address.Network, []) % PlacesPerProvider);
        return (int)(Draw(address.Provider, [withinProvider]) % Places);
    }

    private uint Draw(AddressBlock block, ReadOnlySpan<byte> more)
    {
        Span<byte> input = stackalloc byte[SecretLength + MaxAddressLength + 1];
        BinaryPrimitives.WriteUInt128BigEndian(input, secret);
        var address = block.Bytes;
        address.CopyTo(input[SecretLength..]);
        more.CopyTo(input[(SecretLength + address.Length)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(SecretLength + address.Length + more.Length)], hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
