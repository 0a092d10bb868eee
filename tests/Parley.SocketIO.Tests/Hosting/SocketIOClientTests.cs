using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;
using SocketIOClient.Transport;

namespace Parley.SocketIO.Tests.Hosting;

/// <summary>The C# package SocketIOClient, which knows nothing of this server.</summary>
public sealed class SocketIOClientTests
{
    [Theory]
    [InlineData(TransportProtocol.Polling)]
    [InlineData(TransportProtocol.WebSocket)]
    public async Task It_connects_talks_is_answered_and_leaves(TransportProtocol transport)
    {
        var left = new Recorder<string>();
        var answers = new Recorder<int>();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(async s =>
        {
            s.OnDisconnected(r => left.Add(r.Name));
            s.On("echo", e => { s.Emit("back", e.Arguments); });
            s.On("add", (SocketEvent e, int a, int b) => e.Ack(a + b));
            s.On("bytes", (SocketEvent e, byte[] data) => e.Ack((byte[])[.. data.Reverse()]));
            s.On("ask", async (SocketEvent _) => answers.Add((await s.EmitWithAckAsync("question", 20)).Get<int>(0)));
            await Task.Yield();
            s.Emit("hello", s.Handshake.Auth.GetProperty("token").GetString());
        }));
        using var client = new SocketIOClient.SocketIO(server.Address, new SocketIOClient.SocketIOOptions
        {
            Transport = transport,
            AutoUpgrade = false,
            Reconnection = false,
            Auth = new { token = "secret" },
        });
        var hello = new Recorder<string>();
        var back = new Recorder<string>();
        client.On("hello", r => hello.Add(r.GetValue<string>()));
        client.On("back", r => back.Add($"{r.GetValue<string>()} {r.GetValue<int>(1)}"));
        client.On("question", r => _ = r.CallbackAsync(r.GetValue<int>() + 1));

        await Deadline.For(client.ConnectAsync());
        (await hello.NextAsync()).ShouldBe("secret");
        client.Id.ShouldBe(server.IO.Of("/").Sockets.Single().Id);

        await client.EmitAsync("echo", "grüße", 7);
        (await back.NextAsync()).ShouldBe("grüße 7");

        var sum = new Recorder<int>();
        await client.EmitAsync("add", r => sum.Add(r.GetValue<int>()), 2, 3);
        (await sum.NextAsync()).ShouldBe(5);

        var reversed = new Recorder<byte[]>();
        await client.EmitAsync("bytes", r => reversed.Add(r.GetValue<byte[]>()), (byte[])[1, 2, 3]);
        (await reversed.NextAsync()).ShouldBe([3, 2, 1]);

        await client.EmitAsync("ask");
        (await answers.NextAsync()).ShouldBe(21);

        await client.DisconnectAsync();
        (await left.NextAsync()).ShouldBeOneOf("client namespace disconnect", "transport close");
    }
}
