using System.Threading.Channels;
using Parley.Core.Addresses;
using Parley.Net.Clients;

namespace Parley.Net.ConformanceClient;

/// <summary>Another client of the same server.</summary>
internal sealed class EchoClient : IPartner
{
    private readonly TurnClientSocket _socket;
    private readonly Task _echoing;

    public EchoClient(TurnClientSocket socket)
    {
        _socket = socket;
        _echoing = EchoAsync();
    }

    public TransportAddress Address => _socket.Relayed;

    public Task PermitAsync(TransportAddress other, CancellationToken limit) => _socket.PermitAsync(other.Address, limit);

    public Task BindChannelAsync(TransportAddress other, CancellationToken limit) => _socket.BindChannelAsync(other, limit);

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await _echoing;
    }

    private async Task EchoAsync()
    {
        try
        {
            while (true)
            {
                ReceivedDatagram datagram = await _socket.ReceiveAsync();
                _socket.TrySend(datagram.Peer, datagram.Data.Span);
            }
        }
        catch (ChannelClosedException)
        {
            // The allocation has ended.
        }
    }
}
