using Parley.Core.Addresses;

namespace Parley.Stun.Transactions;

/// <summary>How often a request is repeated and when it is given up (RFC 8489, 6.2.1 and 6.2.2). The defaults are the RFC's.</summary>
public sealed record RetransmissionPolicy
{
    /// <summary>Those of RFC 8489: over UDP sent at 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s, given up at 39.5 s; over a stream sent once.</summary>
    public static RetransmissionPolicy Default { get; } = new();

    /// <summary>RTO: from the first sending to the second; every further wait is twice as long. Above 0.</summary>
    public TimeSpan InitialTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Rc: how often it is sent at most; 1 to 16.</summary>
    public int MaxSends { get; init; } = 7;

    /// <summary>Rm: how many times <see cref="InitialTimeout"/> the answer to the last sending is waited for.</summary>
    public int FinalWaits { get; init; } = 16;

    /// <summary>Ti: how long an answer is waited for over a stream, which repeats by itself.</summary>
    public TimeSpan ReliableTimeout { get; init; } = TimeSpan.FromSeconds(39.5);

    /// <summary>How long to wait after a request was sent for the <paramref name="sends"/>-th time.</summary>
    internal TimeSpan WaitAfter(int sends, TransportProtocol transport)
    {
        if (transport != TransportProtocol.Udp)
        {
            return ReliableTimeout;
        }

        return sends >= MaxSends ? InitialTimeout * FinalWaits : InitialTimeout * (1 << (sends - 1));
    }

    internal int SendsOver(TransportProtocol transport) => transport == TransportProtocol.Udp ? MaxSends : 1;
}
