using Parley.SocketIO.Adapters;

namespace Parley.SocketIO.Tests.Adapters;

public sealed class InMemoryAdapterTests : AdapterContract
{
    private protected override IReadOnlyList<AdapterNode> CreateNodes()
    {
        var sockets = new LocalSockets();
        return [new AdapterNode(new InMemoryAdapter(sockets, Time), sockets)];
    }
}
