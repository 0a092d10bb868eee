using System.Text;
using Parley.Core.Addresses;
using Parley.Testing.Hosts;

namespace Parley.Testing.Tests;

/// <summary>Tells everybody from which address they send.</summary>
internal sealed class Reflector
{
    public Reflector(UdpSocket socket)
    {
        Address = socket.Local;
        socket.Received = (from, _) => socket.Send(from, Encoding.ASCII.GetBytes(from.ToString()));
    }

    public TransportAddress Address { get; }

    public static TransportAddress Read(ReadOnlySpan<byte> payload) => TransportAddress.Parse(Encoding.ASCII.GetString(payload));
}
