using System.Text.Json;
using System.Threading.Channels;
using Parley.Server.Tests.Running;
using SocketIOClient.Transport;

namespace Parley.Server.Tests.Signalling;

/// <summary>The same through somebody else's client, by polling and by WebSocket.</summary>
public sealed class OtherClientTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(TransportProtocol.Polling)]
    [InlineData(TransportProtocol.WebSocket)]
    public async Task Two_clients_meet_and_exchange_an_offer(TransportProtocol transport)
    {
        var room = Guid.NewGuid().ToString("N");
        using var adas = new Connection(shared.Server.Address, transport);
        using var bens = new Connection(shared.Server.Address, transport);
        var (ada, ben) = (adas.Client, bens.Client);
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

    private static async Task<JsonElement> JoinAsync(SocketIOClient.SocketIO client, string room)
    {
        // ConnectAsync may end before the server has answered (SocketIOClient 3.0.6), and what is sent then is lost.
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.OnConnected += (_, _) => connected.TrySetResult();
        await client.ConnectAsync().WaitAsync(Patience);
        await connected.Task.WaitAsync(Patience);
        return await RequestAsync(client, "join", new
        {
            protocol = 3,
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

    private sealed class Connection(Uri server, TransportProtocol transport) : IDisposable
    {
        public SocketIOClient.SocketIO Client { get; } = new(
            server, new SocketIOClient.SocketIOOptions { Transport = transport, AutoUpgrade = false, Reconnection = false });

        public void Dispose()
        {
            try
            {
                Client.Dispose();
            }
            catch (NullReferenceException)
            {
                // SocketIOClient 3.0.6 now and then disposes of a part that its own reading has put away already.
            }
        }
    }
}
