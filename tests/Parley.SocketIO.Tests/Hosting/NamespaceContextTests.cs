using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class NamespaceContextTests
{
    [Fact]
    public async Task Any_service_may_speak_to_the_clients_of_any_namespace()
    {
        var sockets = new Recorder<Socket>();
        await using var server = await TestServer.StartAsync(
            io: io =>
            {
                io.Of("/").OnConnection(s => sockets.Add(s));
                io.Of("/chat").OnConnection(s => s.Join("red"));
            },
            services: s => s.AddSingleton<Announcer>());
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.ConnectAsync("/chat");
        await sockets.NextAsync();
        var announcer = server.Services.GetRequiredService<Announcer>();
        (announcer.Root.Name, announcer.Chat.Name).ShouldBe(("/", "/chat"));

        announcer.Root.Emit("root").ShouldBe(EmitResult.Queued);
        await announcer.Chat.EmitAsync("chat", 1);
        announcer.Chat.Except("nobody").Emit("except");
        (await client.ReceiveAsync()).ShouldBe("42[\"root\"]");
        (await client.ReceiveAsync()).ShouldBe("42/chat,[\"chat\",1]");
        (await client.ReceiveAsync()).ShouldBe("42/chat,[\"except\"]");
        (await announcer.Chat.All.FetchSocketsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_namespace_that_is_spoken_to_is_the_one_that_clients_are_in()
    {
        await using var server = await TestServer.StartAsync();
        var context = server.Services.GetRequiredKeyedService<NamespaceContext>("new");
        context.Name.ShouldBe("/new");
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/new");
        context.Local.Emit("e");
        (await client.ReceiveAsync()).ShouldBe("42/new,[\"e\"]");
        Should.Throw<InvalidOperationException>(() => server.Services.GetRequiredKeyedService<NamespaceContext>(7));
    }

    private sealed class Announcer(NamespaceContext root, [FromKeyedServices("/chat")] NamespaceContext chat)
    {
        public NamespaceContext Root => root;

        public NamespaceContext Chat => chat;
    }
}
