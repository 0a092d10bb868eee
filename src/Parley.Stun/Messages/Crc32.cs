namespace Parley.Stun.Messages;

/// <summary>The CRC-32 of ISO 3309 and ITU-T V.42, as FINGERPRINT uses it (RFC 8489, 14.7). The base library has only CRC-32C.</summary>
internal static class Crc32
{
    /// <summary>x^32 + x^26 + x^23 + ... + 1, bits reversed.</summary>
    private const uint Polynomial = 0xEDB8_8320;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Of both parts, one after the other.</summary>
    public static uint Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) =>
        ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : Polynomial);
            }

            table[value] = crc;
        }

        return table;
    }
}
