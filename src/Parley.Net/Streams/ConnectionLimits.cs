using Parley.Core.Addresses;

namespace Parley.Net.Streams;

/// <summary>How many connections there are, in all and of each client address. May be used by any thread.</summary>
/// <param name="inAll">At most so many.</param>
/// <param name="perAddress">At most so many of one IPv4 address, or of one IPv6 /64.</param>
internal sealed class ConnectionLimits(int inAll, int perAddress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InternetAddress, int> _perAddress = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inAll;
    private bool _closed;

    /// <summary>Whether there is room for one more, which is counted then until <see cref="Leave"/>.</summary>
    public bool TryEnter(InternetAddress client)
    {
        lock (_lock)
        {
            InternetAddress key = KeyOf(client);
            int ofThisAddress = _perAddress.GetValueOrDefault(key);
            if (_closed || _inAll >= inAll || ofThisAddress >= perAddress)
            {
                return false;
            }

            _inAll++;
            _perAddress[key] = ofThisAddress + 1;
            return true;
        }
    }

    public void Leave(InternetAddress client)
    {
        lock (_lock)
        {
            _inAll--;
            InternetAddress key = KeyOf(client);
            int left = _perAddress[key] - 1;
            if (left == 0)
            {
                _perAddress.Remove(key);
            }
            else
            {
                _perAddress[key] = left;
            }

            CompleteIfDrained();
        }
    }

    /// <summary>Lets nobody in any more; completes when all have left.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            CompleteIfDrained();
        }

        return _drained.Task;
    }

    private void CompleteIfDrained()
    {
        if (_closed && _inAll == 0)
        {
            _drained.TrySetResult();
        }
    }

    // One host has a whole /64 to choose addresses from.
    private static InternetAddress KeyOf(InternetAddress client) =>
        client.Family == IpFamily.IPv6 ? new AddressRange(client, 64).First : client;
}
