using Parley.Stun.Messages;

namespace Parley.Net.Clients;

/// <summary>A TURN server refuses something, or does not answer.</summary>
public sealed class TurnClientException : IOException
{
    internal TurnClientException(string what, StunErrorCode? code)
        : base(code is { } given ? $"{what}: the server says {given}." : $"{what}: the server does not answer.") => Code = code;

    /// <summary>What the server says; null: nothing.</summary>
    public StunErrorCode? Code { get; }
}
