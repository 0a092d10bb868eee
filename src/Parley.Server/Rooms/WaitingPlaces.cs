using Parley.Server.Limits;

namespace Parley.Server.Rooms;

/// <summary>How many wait from each network, for all rooms of a server together. As many networks as there are people who wait.</summary>
internal sealed class WaitingPlaces
{
    // Rooms take this lock under their own; nothing is called while holding it.
    private readonly Lock _lock = new();
    private readonly Dictionary<AddressBlock, int> _taken = [];

    /// <summary>Takes a place for somebody who comes.</summary>
    /// <returns>False when its network has as many already.</returns>
    public bool TryTake(AddressBlock address, int most)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(address.Network);
            if (taken >= most)
            {
                return false;
            }

            _taken[address.Network] = taken + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(AddressBlock address)
    {
        lock (_lock)
        {
            if (--_taken[address.Network] == 0)
            {
                _taken.Remove(address.Network);
            }
        }
    }
}
