using Parley.SocketIO.Adapters;
using Parley.SocketIO.Adapters.Recovery;

namespace Parley.SocketIO.Tests.Adapters;

public sealed class InMemoryAdapterTests : AdapterContract
{
    private protected override IReadOnlyList<AdapterNode> CreateNodes()
    {
        var sockets = new LocalSockets();
        return [new AdapterNode(new InMemoryAdapter(sockets, Time), sockets)];
    }
}

public sealed class InMemoryRecoveryTests : RecoveryContract
{
    private protected override AdapterNode CreateNode(Action released)
    {
        var sockets = new LocalSockets();
        var recovery = new SessionRecovery(
            new RecoveryBudget(Options.ConnectionStateRecovery!), Options, Time, Encoder, "/", released);
        return new AdapterNode(new InMemoryAdapter(sockets, Time, recovery), sockets);
    }
}
