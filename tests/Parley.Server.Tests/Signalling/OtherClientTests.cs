using System.Text.Json;
using System.Threading.Channels;
using Parley.Server.Tests.Running;
using SocketIOClient.Transport;

namespace Parley.Server.Tests.Signalling;

/// <summary>The same through somebody else's client, by polling and by WebSocket.</summary>
public sealed class OtherClientTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(TransportProtocol.Polling)]
    [InlineData(TransportProtocol.WebSocket)]
    public async Task Two_clients_meet_and_exchange_an_offer(TransportProtocol transport)
    {
        var room = Guid.NewGuid().ToString("N");
        using var ada = NewClient(transport);
        using var ben = NewClient(transport);
        var welcomed = Channel.CreateUnbounded<JsonElement>();
        var offered = Channel.CreateUnbounded<JsonElement>();
        ada.On("welcome", response => welcomed.Writer.TryWrite(response.GetValue<JsonElement>()));
        ben.On("offer", response => offered.Writer.TryWrite(response.GetValue<JsonElement>()));

        var adaId = (await JoinAsync(ada, room)).GetProperty("self").GetProperty("id").GetString();
        await JoinAsync(ben, room);
        var welcome = await welcomed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        var benId = welcome.GetProperty("participant").GetProperty("id").GetString();
        var result = await RequestAsync(ada, "offer", new
        {
            to = benId,
            incarnations = new { from = 1, to = 1 },
            connection = "c",
            number = 1,
            sdp = "v=0",
            sources = new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "microphone" },
        });

        result.GetProperty("ok").GetBoolean().ShouldBeTrue();
        var offer = await offered.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        offer.GetProperty("from").GetString().ShouldBe(adaId);
    }

    private SocketIOClient.SocketIO NewClient(TransportProtocol transport) => new(
        shared.Server.Address,
        new SocketIOClient.SocketIOOptions { Transport = transport, AutoUpgrade = false, Reconnection = false });

    private static async Task<JsonElement> JoinAsync(SocketIOClient.SocketIO client, string room)
    {
        await client.ConnectAsync().WaitAsync(Patience);
        return await RequestAsync(client, "join", new
        {
            protocol = 2,
            room,
            name = "Ada",
            incarnation = 1,
            media = new { microphone = true, camera = true, screen = false },
        });
    }

    private static async Task<JsonElement> RequestAsync(SocketIOClient.SocketIO client, string name, object payload)
    {
        var answered = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await client.EmitAsync(name, TestContext.Current.CancellationToken, response => answered.TrySetResult(response.GetValue<JsonElement>()), payload);
        return await answered.Task.WaitAsync(Patience);
    }
}
