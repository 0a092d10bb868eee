using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;

namespace Parley.Net.ConformanceClient;

/// <summary>A peer on this machine.</summary>
internal sealed class EchoPeer : IPartner
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _echoing;

    public EchoPeer(IpFamily family)
    {
        IPAddress address = family == IpFamily.IPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
        Address = TransportAddress.From((IPEndPoint)_socket.LocalEndPoint!);
        _echoing = EchoAsync();
    }

    public TransportAddress Address { get; }

    public Task PermitAsync(TransportAddress other, CancellationToken limit) => Task.CompletedTask;

    public Task BindChannelAsync(TransportAddress other, CancellationToken limit) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _echoing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task EchoAsync()
    {
        byte[] buffer = new byte[2048];
        var from = new SocketAddress(_socket.AddressFamily);
        while (true)
        {
            int length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _stopping.Token);
            await _socket.SendToAsync(buffer.AsMemory(0, length), SocketFlags.None, from, _stopping.Token);
        }
    }
}
