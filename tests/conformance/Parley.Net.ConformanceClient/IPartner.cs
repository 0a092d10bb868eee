using Parley.Core.Addresses;

namespace Parley.Net.ConformanceClient;

/// <summary>Whom the client talks to: it answers with what it gets.</summary>
internal interface IPartner : IAsyncDisposable
{
    TransportAddress Address { get; }

    /// <summary>Lets this address talk to it.</summary>
    Task PermitAsync(TransportAddress other, CancellationToken limit);

    /// <summary>From now on it answers on a channel, if it is one who has channels.</summary>
    Task BindChannelAsync(TransportAddress other, CancellationToken limit);
}
