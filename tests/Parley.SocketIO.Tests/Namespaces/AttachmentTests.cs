using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class AttachmentTests
{
    private const string Zero = "{\"_placeholder\":true,\"num\":0}";
    private const string One = "{\"_placeholder\":true,\"num\":1}";

    public static TheoryData<SocketIOTransports> Transports => [SocketIOTransports.Polling, SocketIOTransports.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Bytes_come_back_as_bytes_wherever_they_stand(SocketIOTransports transport)
    {
        await using var server = await StartAsync(s => s.On("e", e =>
        {
            e.Socket.Emit("back", e.Arguments);
            e.Ack(e.Arguments);
        }));
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        await client.SendAsync($"452-9[\"e\",{{\"a\":[{One}]}},{Zero},\"text\"]", new byte[] { 1, 2, 3 }, Array.Empty<byte>());
        (await client.ReceiveAsync()).ShouldBe($"452-[\"back\",{{\"a\":[{One}]}},{Zero},\"text\"]");
        (await client.ReceiveBinaryAsync()).ShouldBe([1, 2, 3]);
        (await client.ReceiveBinaryAsync()).ShouldBe([]);
        (await client.ReceiveAsync()).ShouldBe($"462-9[{{\"a\":[{One}]}},{Zero},\"text\"]");
        (await client.ReceiveBinaryAsync()).ShouldBe([1, 2, 3]);
        (await client.ReceiveBinaryAsync()).ShouldBe([]);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Typed_handlers_take_and_give_bytes_inside_of_objects(SocketIOTransports transport)
    {
        await using var server = await StartAsync(s => s.On<Upload>("upload", (e, upload) =>
            e.Ack(new Upload(upload.Name + "!", [.. upload.Data.Reverse()], upload.Parts.ToArray()), upload.Data.Length)));
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        await client.SendAsync(
            $"452-1[\"upload\",{{\"name\":\"file\",\"data\":{Zero},\"parts\":{One}}}]", new byte[] { 1, 2, 3 }, new byte[] { 9 });
        (await client.ReceiveAsync()).ShouldBe($"462-1[{{\"name\":\"file!\",\"data\":{Zero},\"parts\":{One}}},3]");
        (await client.ReceiveBinaryAsync()).ShouldBe([3, 2, 1]);
        (await client.ReceiveBinaryAsync()).ShouldBe([9]);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_broadcast_with_bytes_reaches_all_with_its_frames_together(SocketIOTransports transport)
    {
        await using var server = await StartAsync(_ => { });
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        await using var other = await WebSocketClient.OpenAsync(server);
        await other.ConnectAsync();

        // Many at once: the frames of one packet must never mix with those of another.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < 25; i++)
            {
                server.IO.Of("/").Emit("b", n, (byte[])[(byte)n, 1], (byte[])[(byte)n, 2]);
            }
        })));
        foreach (var receiver in new[] { client, other })
        {
            for (var i = 0; i < 200; i++)
            {
                var text = await receiver.ReceiveAsync();
                var n = byte.Parse(text["452-[\"b\",".Length..].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
                text.ShouldBe($"452-[\"b\",{n},{Zero},{One}]");
                (await receiver.ReceiveBinaryAsync()).ShouldBe([n, 1]);
                (await receiver.ReceiveBinaryAsync()).ShouldBe([n, 2]);
            }
        }
    }

    [Fact]
    public async Task A_question_may_be_answered_with_bytes()
    {
        var sockets = new Recorder<Socket>();
        await using var server = await StartAsync(sockets.Add);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        var question = (await sockets.NextAsync()).EmitWithAckAsync("q", (byte[])[1]);
        (await client.ReceiveAsync()).ShouldBe($"451-0[\"q\",{Zero}]");
        (await client.ReceiveBinaryAsync()).ShouldBe([1]);
        await client.SendAsync($"461-0[{Zero}]", new byte[] { 2, 3 });
        (await Deadline.For(question)).Get<byte[]>(0).ShouldBe([2, 3]);
    }

    [Theory]
    [InlineData("4511-[\"e\"]")]
    [InlineData("451-[\"e\",{\"_placeholder\":true,\"num\":1}]")]
    public async Task Too_many_attachments_and_bad_placeholders_close_the_connection(string packet)
    {
        await using var server = await StartAsync(_ => { });
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync(packet);
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        client.CloseCode.ShouldBe(1008);
    }

    [Fact]
    public async Task Attachments_that_never_come_cost_nothing_but_their_place()
    {
        await using var server = await StartAsync(s => s.On("e", e => { e.Ack(); }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync($"451-1[\"e\",{Zero}]", "2");
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
    }

    private static Task<TestServer> StartAsync(Action<Socket> onConnection) =>
        TestServer.StartAsync(io: io => io.Of("/").OnConnection(onConnection));

    private sealed record Upload(string Name, byte[] Data, ReadOnlyMemory<byte> Parts);
}
