using System.Buffers;
using System.Buffers.Text;

namespace Parley.Stun.Turn.Client;

/// <summary>What a server of RFC 8489 says at the beginning of its nonces: its security features (RFC 8489, 9.2).</summary>
internal static class NonceCookie
{
    /// <summary>
    /// "Password algorithms" is bit 0 of 24. RFC 8489, appendix B.1, counts from the right, the example of RFC 8656 from the left; a
    /// server that sets either means it.
    /// </summary>
    private const int PasswordAlgorithms = 0x80_0000 | 0x00_0001;

    private const int FeaturesLength = 4;

    private static ReadOnlySpan<byte> Prefix => "obMatJos2"u8;

    /// <summary>Whether the answer has to carry PASSWORD-ALGORITHMS: without it, somebody on the way has taken it out.</summary>
    public static bool PromisesPasswordAlgorithms(ReadOnlySpan<byte> nonce)
    {
        if (!nonce.StartsWith(Prefix) || nonce.Length < Prefix.Length + FeaturesLength)
        {
            return false;
        }

        Span<byte> features = stackalloc byte[3];
        return Base64.DecodeFromUtf8(nonce.Slice(Prefix.Length, FeaturesLength), features, out _, out int written) == OperationStatus.Done
            && written == 3 && (((features[0] << 16) | (features[1] << 8) | features[2]) & PasswordAlgorithms) != 0;
    }
}
