using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>How a request was proved, and so its answer is (RFC 8489, 9.2.4).</summary>
/// <param name="User">Who has made it.</param>
/// <param name="Credential">With what.</param>
/// <param name="Algorithm">How the key was derived.</param>
/// <param name="IsSha256">By MESSAGE-INTEGRITY-SHA256; else by MESSAGE-INTEGRITY.</param>
internal sealed record Proof(TurnUser User, StunCredential Credential, PasswordAlgorithm Algorithm, bool IsSha256);

/// <summary>What is needed to answer a request, now or later.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Method">What for.</param>
/// <param name="Transaction">Ties the answer to the request.</param>
/// <param name="HasFingerprint">The request had one, and so has the answer.</param>
/// <param name="Proof">Null: the asker has proved nothing.</param>
internal readonly record struct ReplyTo(FiveTuple Client, StunMethod Method, TransactionId Transaction, bool HasFingerprint, Proof? Proof);
