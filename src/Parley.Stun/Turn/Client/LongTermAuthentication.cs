using System.Buffers.Binary;
using System.Text;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Client;

/// <summary>
/// The client's half of the long-term credential mechanism (RFC 8489, 9.2): learns realm and nonce from the first answer, signs requests,
/// and checks that answers come from somebody who knows the password.
/// </summary>
internal sealed class LongTermAuthentication(string username, string password)
{
    /// <summary>What REALM and NONCE hold at most, in bytes (RFC 8489, 14.9 and 14.10).</summary>
    private const int MaxTextLength = 763;

    private const int MaxAlgorithmsLength = 64;

    private readonly byte[] _username = Encoding.UTF8.GetBytes(username);
    private byte[] _realm = [];
    private byte[] _nonce = [];

    /// <summary>PASSWORD-ALGORITHMS as the server wrote it: it is sent back so that the server notices who took something out.</summary>
    private byte[] _algorithms = [];

    private StunCredential? _credential;
    private PasswordAlgorithm _algorithm = PasswordAlgorithm.Md5;

    /// <summary>Whether the server has told what is needed to sign.</summary>
    public bool IsReady => _credential is not null;

    /// <summary>
    /// Takes what an answer with 401 or 438 says. False: it may not be tried again (RFC 8489, 9.2.5).
    /// </summary>
    public bool HandleChallenge(StunMessage response)
    {
        if (!response.TryGet(StunAttributeType.Nonce, out ReadOnlySpan<byte> nonce) || nonce.Length > MaxTextLength)
        {
            return false;
        }

        ReadOnlySpan<byte> realm = response.TryGet(StunAttributeType.Realm, out ReadOnlySpan<byte> given) ? given : _realm;
        if (realm.IsEmpty || realm.Length > MaxTextLength)
        {
            return false;
        }

        PasswordAlgorithm algorithm = PasswordAlgorithm.Md5;
        if (response.TryGet(StunAttributeType.PasswordAlgorithms, out ReadOnlySpan<byte> algorithms))
        {
            if (algorithms.Length > MaxAlgorithmsLength || !TryChoose(algorithms, out algorithm))
            {
                return false;
            }
        }
        else if (NonceCookie.PromisesPasswordAlgorithms(nonce))
        {
            // RFC 8489, 9.2.5: "the client MUST NOT retry": the attribute was taken out to have the weaker one used.
            return false;
        }

        if (_credential is null || !realm.SequenceEqual(_realm))
        {
            _realm = realm.ToArray();
            _credential = new StunCredential(username, Encoding.UTF8.GetString(realm), password);
        }

        _nonce = nonce.ToArray();
        _algorithms = algorithms.ToArray();
        _algorithm = algorithm;
        return true;
    }

    /// <summary>Adds what proves who asks, if the server has said how; the last attributes of a request.</summary>
    public void Sign(ref StunMessageWriter writer)
    {
        if (_credential is null)
        {
            return;
        }

        writer.Add(StunAttributeType.Username, _username);
        writer.Add(StunAttributeType.Realm, _realm);
        writer.Add(StunAttributeType.Nonce, _nonce);
        if (_algorithms.Length == 0)
        {
            writer.AddMessageIntegrity(_credential.KeyFor(PasswordAlgorithm.Md5));
            return;
        }

        // RFC 8489, 9.2.5: once the server has named algorithms, MESSAGE-INTEGRITY-SHA256 only.
        writer.Add(StunAttributeType.PasswordAlgorithms, _algorithms);
        writer.AddUInt32(StunAttributeType.PasswordAlgorithm, (uint)_algorithm << 16);
        writer.AddMessageIntegritySha256(_credential.KeyFor(_algorithm));
    }

    /// <summary>Whether the answer to a signed request comes from somebody who knows the password.</summary>
    public bool IsFromServer(StunMessage response) => _credential is { } credential && (_algorithms.Length == 0
        ? StunIntegrity.VerifySha1(response, credential.KeyFor(PasswordAlgorithm.Md5))
        : StunIntegrity.VerifySha256(response, credential.KeyFor(_algorithm)));

    /// <summary>SHA-256 before MD5, in whatever order they are offered; false if neither is.</summary>
    private static bool TryChoose(ReadOnlySpan<byte> algorithms, out PasswordAlgorithm chosen)
    {
        bool md5 = false;
        bool sha256 = false;
        while (algorithms.Length >= 4)
        {
            var algorithm = (PasswordAlgorithm)BinaryPrimitives.ReadUInt16BigEndian(algorithms);
            int parameters = BinaryPrimitives.ReadUInt16BigEndian(algorithms[2..]);
            // RFC 8489, 18.5.1: neither of the two has parameters.
            md5 |= algorithm == PasswordAlgorithm.Md5 && parameters == 0;
            sha256 |= algorithm == PasswordAlgorithm.Sha256 && parameters == 0;
            algorithms = algorithms[Math.Min(algorithms.Length, 4 + StunHeader.Padded(parameters))..];
        }

        chosen = sha256 ? PasswordAlgorithm.Sha256 : PasswordAlgorithm.Md5;
        return md5 || sha256;
    }
}
