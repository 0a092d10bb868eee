using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// Writes responses: no SOFTWARE, no phrases, for what is sent to strangers must be little more than what they sent. An answer to a
/// proved request is proved in the same way.
/// </summary>
internal sealed class Answers(string realm, Nonces nonces, Outbox outbox)
{
    /// <summary>Longer than any: a realm of 127 bytes, <see cref="UnknownAttributes.Max"/> types and both integrities fit.</summary>
    private const int MaxLength = 512;

    private readonly byte[] _realm = System.Text.Encoding.UTF8.GetBytes(realm);
    private readonly byte[] _nonce = new byte[Nonces.Length];

    /// <summary>The answer to a Binding request, as small as it can be.</summary>
    public void Mapped(in ReplyTo to)
    {
        StunMessageWriter writer = Begin(to, StunClass.SuccessResponse);
        writer.AddXorAddress(StunAttributeType.XorMappedAddress, to.Client.Client);
        Finish(ref writer, to);
    }

    /// <summary>401 or 438, with what the next request needs (RFC 8489, 9.2.4).</summary>
    public void Challenge(DateTimeOffset time, in ReplyTo to, StunErrorCode code)
    {
        nonces.Write(time, to.Client.Client.Address, _nonce);
        StunMessageWriter writer = Begin(to, StunClass.ErrorResponse);
        writer.AddErrorCode(code);
        writer.Add(StunAttributeType.Realm, _realm);
        writer.Add(StunAttributeType.Nonce, _nonce);
        writer.Add(StunAttributeType.PasswordAlgorithms, Authentication.Algorithms);
        Finish(ref writer, to with { Proof = null });
    }

    public void Error(in ReplyTo to, StunErrorCode code)
    {
        StunMessageWriter writer = Begin(to, StunClass.ErrorResponse);
        writer.AddErrorCode(code);
        Finish(ref writer, to);
    }

    /// <summary>420.</summary>
    public void Unknown(in ReplyTo to, ReadOnlySpan<StunAttributeType> types)
    {
        StunMessageWriter writer = Begin(to, StunClass.ErrorResponse);
        writer.AddErrorCode(StunErrorCode.UnknownAttribute);
        writer.AddUnknownAttributes(types);
        Finish(ref writer, to);
    }

    /// <summary>Permissions and channels: done, and nothing more to say.</summary>
    public void Done(in ReplyTo to)
    {
        StunMessageWriter writer = Begin(to, StunClass.SuccessResponse);
        Finish(ref writer, to);
    }

    public void Refreshed(in ReplyTo to, TimeSpan lifetime)
    {
        StunMessageWriter writer = Begin(to, StunClass.SuccessResponse);
        writer.AddUInt32(StunAttributeType.Lifetime, (uint)lifetime.TotalSeconds);
        Finish(ref writer, to);
    }

    /// <summary>The answer to an Allocate request (RFC 8656, 7.2).</summary>
    /// <param name="to">Who asked.</param>
    /// <param name="relayed">As peers see it.</param>
    /// <param name="lifetime">For how long.</param>
    /// <param name="additional">Why there is no second address, of IPv6; null if none was asked for (RFC 8656, 18.12).</param>
    /// <returns>What was answered, to be sent again when the request is repeated; empty if there was no room for it.</returns>
    public ReadOnlyMemory<byte> Allocated(in ReplyTo to, TransportAddress relayed, TimeSpan lifetime, StunErrorCode? additional)
    {
        StunMessageWriter writer = Begin(to, StunClass.SuccessResponse);
        writer.AddXorAddress(StunAttributeType.XorRelayedAddress, relayed);
        writer.AddUInt32(StunAttributeType.Lifetime, (uint)lifetime.TotalSeconds);
        writer.AddXorAddress(StunAttributeType.XorMappedAddress, to.Client.Client);
        if (additional is { } code)
        {
            writer.AddUInt32(StunAttributeType.AddressErrorCode, ((uint)IpFamily.IPv6 << 24) | (((uint)code / 100) << 8) | ((uint)code % 100));
        }

        return Finish(ref writer, to) ? outbox.Last.ToArray() : default(ReadOnlyMemory<byte>);
    }

    private StunMessageWriter Begin(in ReplyTo to, StunClass @class) => new(outbox.Reserve(MaxLength), to.Method, @class, to.Transaction);

    private bool Finish(ref StunMessageWriter writer, in ReplyTo to)
    {
        if (to.Proof is { } proof)
        {
            ReadOnlySpan<byte> key = proof.Credential.KeyFor(proof.Algorithm);
            if (proof.IsSha256)
            {
                writer.AddMessageIntegritySha256(key);
            }
            else
            {
                writer.AddMessageIntegrity(key);
            }
        }

        if (to.HasFingerprint)
        {
            writer.AddFingerprint();
        }

        bool fits = writer.TryFinish(out int length);
        if (fits)
        {
            outbox.ToClient(to.Client, length, isResponse: true);
        }

        return fits;
    }
}
