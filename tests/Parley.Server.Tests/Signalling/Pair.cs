using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

/// <summary>Two participants, alone in a room of their own.</summary>
internal sealed record Pair(string Room, SignallingClient Ada, SignallingClient Ben) : IAsyncDisposable
{
    public static async Task<Pair> JoinAsync(SharedServer shared)
    {
        var room = Guid.NewGuid().ToString("N");
        var ada = await shared.Server.JoinAsync(room, "Ada", incarnation: 100);
        var ben = await shared.Server.JoinAsync(room, "Ben", incarnation: 200);
        await ada.ExpectAsync("welcome");
        return new(room, ada, ben);
    }

    public async ValueTask DisposeAsync()
    {
        await Ada.DisposeAsync();
        await Ben.DisposeAsync();
    }
}
