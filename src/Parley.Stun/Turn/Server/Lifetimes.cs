using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>For how long an allocation is made, or made longer.</summary>
internal static class Lifetimes
{
    /// <summary>
    /// What LIFETIME asks for, if it is between the default and the maximum (RFC 8656, 7.2): a client that asks for less is given the
    /// default.
    /// </summary>
    public static TimeSpan Grant(StunMessage request, TurnServerOptions options)
    {
        request.TryGetUInt32(StunAttributeType.Lifetime, out uint seconds);
        var asked = TimeSpan.FromSeconds(seconds);
        return asked > options.MaxLifetime ? options.MaxLifetime : asked < options.DefaultLifetime ? options.DefaultLifetime : asked;
    }
}
