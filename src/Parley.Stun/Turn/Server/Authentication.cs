using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>The long-term credential mechanism (RFC 8489, 9.2): who has made a request? Keeps nothing of anybody.</summary>
internal sealed class Authentication(ITurnUsers users, Nonces nonces)
{
    /// <summary>RFC 8489, 14.3.</summary>
    private const int MaxUsernameLength = 508;

    /// <summary>The value of PASSWORD-ALGORITHMS: the better first, neither with parameters (RFC 8489, 14.11).</summary>
    public static ReadOnlySpan<byte> Algorithms => [0, (byte)PasswordAlgorithm.Sha256, 0, 0, 0, (byte)PasswordAlgorithm.Md5, 0, 0];

    /// <summary>Checks in the order of RFC 8489, 9.2.4.</summary>
    /// <param name="now">When the request came.</param>
    /// <param name="time">What the calendar says then.</param>
    /// <param name="client">Where it came from.</param>
    /// <param name="request">What came.</param>
    /// <param name="proof">Who has made it; null if the answer is an error.</param>
    public AuthenticationResult Check(Instant now, DateTimeOffset time, InternetAddress client, StunMessage request, out Proof? proof)
    {
        proof = null;
        bool isSha256 = request.Has(StunAttributeType.MessageIntegritySha256);
        if (!isSha256 && !request.Has(StunAttributeType.MessageIntegrity))
        {
            return AuthenticationResult.NotTried;
        }

        bool hasName = request.TryGet(StunAttributeType.Username, out ReadOnlySpan<byte> name);
        if ((!hasName && !request.Has(StunAttributeType.UserHash)) || !request.Has(StunAttributeType.Realm)
            || !request.TryGet(StunAttributeType.Nonce, out ReadOnlySpan<byte> nonce))
        {
            return AuthenticationResult.Incomplete;
        }

        PasswordAlgorithm algorithm = PasswordAlgorithm.Md5;
        if (Nonces.IsOurs(nonce) && !TryChooseAlgorithm(request, out algorithm))
        {
            return AuthenticationResult.Incomplete;
        }

        if (!nonces.IsValid(time, client, nonce))
        {
            return AuthenticationResult.StaleNonce;
        }

        // A user hash was not offered, and nobody is known by one.
        TurnUser? user = hasName && name.Length <= MaxUsernameLength && Utf8.IsValid(name) ? users.Find(now, Encoding.UTF8.GetString(name)) : null;
        if (user is null)
        {
            return AuthenticationResult.Failed;
        }

        foreach (StunCredential credential in (ReadOnlySpan<StunCredential>)[user.Credential, .. user.Alternatives])
        {
            ReadOnlySpan<byte> key = credential.KeyFor(algorithm);
            if (isSha256 ? StunIntegrity.VerifySha256(request, key) : StunIntegrity.VerifySha1(request, key))
            {
                proof = new Proof(user, credential, algorithm, isSha256);
                return AuthenticationResult.Proved;
            }
        }

        return AuthenticationResult.Failed;
    }

    /// <summary>
    /// Whoever says nothing of algorithms is older than them, and uses MD5. Whoever does must name one, and repeat the list as it was
    /// sent: otherwise somebody on the way has shortened it (RFC 8489, 9.2.4).
    /// </summary>
    private static bool TryChooseAlgorithm(StunMessage request, out PasswordAlgorithm algorithm)
    {
        algorithm = PasswordAlgorithm.Md5;
        bool hasList = request.TryGet(StunAttributeType.PasswordAlgorithms, out ReadOnlySpan<byte> list);
        bool hasChoice = request.TryGet(StunAttributeType.PasswordAlgorithm, out ReadOnlySpan<byte> choice);
        if (!hasList && !hasChoice)
        {
            return true;
        }

        if (!hasList || !list.SequenceEqual(Algorithms) || choice.Length != 4 || BinaryPrimitives.ReadUInt16BigEndian(choice[2..]) != 0)
        {
            return false;
        }

        algorithm = (PasswordAlgorithm)BinaryPrimitives.ReadUInt16BigEndian(choice);
        return algorithm is PasswordAlgorithm.Sha256 or PasswordAlgorithm.Md5;
    }
}

/// <summary>What <see cref="Authentication"/> has found.</summary>
internal enum AuthenticationResult
{
    /// <summary>The request is its user's.</summary>
    Proved,

    /// <summary>No integrity: how everybody begins. 401.</summary>
    NotTried,

    /// <summary>An integrity without what is needed to check it, or with algorithms that were not offered so. 400.</summary>
    Incomplete,

    /// <summary>Made with a nonce that is not valid any more. 438.</summary>
    StaleNonce,

    /// <summary>Nobody known here has made it. 401.</summary>
    Failed,
}
