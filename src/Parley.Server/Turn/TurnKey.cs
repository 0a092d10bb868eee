using System.Security.Cryptography;
using Parley.Server.Configuration;

namespace Parley.Server.Turn;

/// <summary>
/// The secret that signs the TURN server's nonces. Kept in the data folder: browsers give up when the first nonce that they were given is
/// refused, so a restart must not make those that are under way worthless.
/// </summary>
internal static class TurnKey
{
    public const string FileName = "turn.key";
    public const int Length = 32;

    /// <summary>The key of the data folder, made now if this is the first start.</summary>
    /// <exception cref="ConfigurationException">The data folder cannot be read or written, or holds something else.</exception>
    public static byte[] ReadOrCreate(DataFolder folder)
    {
        var key = folder.ReadOrCreate(FileName, () => RandomNumberGenerator.GetBytes(Length));
        return key.Length == Length
            ? key
            : throw folder.Unusable($"holds a damaged {FileName}: {key.Length} bytes where {Length} are right; delete it to have a new one made");
    }
}
