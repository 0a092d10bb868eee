using System.Net;
using Parley.Server.Limits;
using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>How often one address may join without a seat to return to, whatever the rooms.</summary>
internal sealed class JoinLimits(RoomOptions options, TimeProvider time)
{
    private const int MaxAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly AddressAllowances _joins = new(options.Limits.JoinsPerAddress, MaxAddresses, time);

    /// <summary>Takes note of a join.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool MayJoin(IPAddress? address)
    {
        lock (_lock)
        {
            return _joins.TrySpend(AddressBlock.Of(address));
        }
    }
}
