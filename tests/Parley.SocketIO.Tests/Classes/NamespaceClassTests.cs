using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Classes;

public sealed class NamespaceClassTests
{
    private readonly Recorder<string> _heard = new();

    [Fact]
    public async Task An_instance_lives_as_long_as_its_socket_and_so_do_its_services()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/chat");
        (await _heard.TakeAsync(2)).ShouldBe(["connecting True False True", "connected True"]);

        await client.SendAsync("42[\"to a namespace that it is not in\"]");
        await client.ReceiveToEndAsync();
        (await _heard.TakeAsync(3)).ShouldBe(["disconnected ProtocolViolation 0 True", "disposed", "scope disposed"]);
    }

    [Fact]
    public async Task Each_socket_has_an_instance_of_its_own()
    {
        await using var server = await StartAsync();
        await using var one = await OpenAsync(server);
        await using var two = await OpenAsync(server);
        (await AskAsync(one, "say", "{\"text\":\"a\",\"size\":1}")).ShouldBe("[1]");
        (await AskAsync(one, "say", "{\"text\":\"b\",\"size\":1}")).ShouldBe("[2]");
        (await two.ReceiveAsync()).ShouldBe("42/chat,[\"said\",\"red\",{\"text\":\"a\",\"size\":1}]");
        (await two.ReceiveAsync()).ShouldBe("42/chat,[\"said\",\"red\",{\"text\":\"b\",\"size\":1}]");
        (await AskAsync(two, "say", "{\"text\":\"c\",\"size\":1}")).ShouldBe("[1]");
        (await one.ReceiveAsync()).ShouldStartWith("42/chat,[\"said\"");
        var journal = await AskAsync(one, "journal");
        (await AskAsync(one, "journal")).ShouldBe(journal);
        (await AskAsync(two, "journal") == journal).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_is_recovered_gets_an_instance_that_is_not_asked_again()
    {
        await using var server = await StartAsync(
            add: b => b.AddNamespace<ChatNamespace>().Services.Configure<SocketIOOptions>(o => o.ConnectionStateRecovery = new()));
        var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/chat,");
        var answer = JsonElement.Parse((await client.ReceiveAsync())["40/chat,".Length..]);
        (await _heard.TakeAsync(2)).ShouldBe(["connecting True False True", "connected True"]);
        client.Socket.Abort();
        (await _heard.TakeAsync(3)).ShouldBe(["disconnected TransportFailed 0 True", "disposed", "scope disposed"]);

        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync($"40/chat,{{\"pid\":{answer.GetProperty("pid").GetRawText()}}}");
        JsonElement.Parse((await next.ReceiveAsync())["40/chat,".Length..]).GetProperty("sid").GetString()
            .ShouldBe(answer.GetProperty("sid").GetString());
        (await _heard.NextAsync()).ShouldBe("connected True");
        (await AskAsync(next, "sum", "1,2")).ShouldBe("[3]");
    }

    [Theory]
    [InlineData("sum", "1", "[8]")]
    [InlineData("sum", "1,2", "[3]")]
    [InlineData("sum", "1,2,3", "[6]")]
    [InlineData("sum", "1,2,null", "[3]")]
    [InlineData("names", "\"ann\"", "[\"ann\",null]")]
    [InlineData("names", "", "[\"nobody\",null]")]
    [InlineData("all", "1,{\"a\":[2]},\"3\"", "[1,{\"a\":[2]},\"3\"]")]
    [InlineData("own ack", "\"x\"", "[\"x\",\"own ack\",true]")]
    [InlineData("services", "[1]", "[\"True red [1]\"]")]
    [InlineData("joinRoom", "\"r\"", "[]")]
    public async Task What_a_method_returns_is_the_acknowledgement(string name, string arguments, string acknowledgement)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        (await AskAsync(client, name, arguments)).ShouldBe(acknowledgement);
    }

    [Theory]
    [InlineData("sum", "")]
    [InlineData("sum", "null")]
    [InlineData("sum", "\"one\"")]
    [InlineData("sum", "1,null")]
    [InlineData("sum", "99999999999")]
    [InlineData("say", "")]
    [InlineData("say", "null")]
    [InlineData("say", "[]")]
    [InlineData("names", "1")]
    [InlineData("services", "")]
    public async Task Arguments_that_do_not_fit_are_refused_in_the_acknowledgement(string name, string arguments)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        (await AskAsync(client, name, arguments)).ShouldBe("[{\"error\":{\"message\":\"Invalid arguments\"}}]");
        (await AskAsync(client, "sum", "1")).ShouldBe("[8]");
    }

    [Fact]
    public async Task A_method_may_refuse_and_a_failure_does_not_say_why()
    {
        await using var server = (await StartAsync()).ExpectingErrors();
        await using var client = await OpenAsync(server);
        (await AskAsync(client, "refuse", "\"full\"")).ShouldBe("[{\"error\":{\"message\":\"full\",\"data\":{\"code\":1}}}]");
        server.Logs.Errors.ShouldBeEmpty();
        (await AskAsync(client, "fail")).ShouldBe("[{\"error\":{\"message\":\"Internal error\"}}]");
        server.Logs.Errors.ShouldHaveSingleItem().Exception!.Message.ShouldBe("on purpose");
    }

    [Fact]
    public async Task A_method_is_told_that_its_client_is_gone()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        await client.SendAsync("42/chat,[\"wait\"]");
        (await _heard.NextAsync()).ShouldBe("waiting");
        await client.SendAsync("41/chat,");
        (await _heard.TakeAsync(3)).ShouldBe(["disconnected ClientLeft 0 True", "disposed", "scope disposed"]);
    }

    [Fact]
    public async Task A_class_may_hear_every_event_with_and_without_a_method()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        await client.SendAsync("42/chat,[\"?\",1,2]");
        (await _heard.NextAsync()).ShouldBe("any ? 2");
    }

    [Fact]
    public async Task A_client_that_is_refused_leaves_nothing_behind()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/chat,{\"refuse\":\"not you\"}");
        (await client.ReceiveAsync()).ShouldBe("44/chat,{\"message\":\"not you\"}");
        (await _heard.TakeAsync(3)).ShouldBe(["connecting True False True", "disposed", "scope disposed"]);
        await client.ConnectAsync("/chat");
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_is_let_in_leaves_nothing_behind()
    {
        var gate = new TaskCompletionSource();
        await using var server = await StartAsync(io: io => io.Of("/chat").Use(async _ =>
        {
            _heard.Add("later middleware");
            await gate.Task;
            return ConnectResult.Accept;
        }));
        await using (var client = await WebSocketClient.OpenAsync(server))
        {
            await client.SendAsync("40/chat,");
            (await _heard.TakeAsync(2)).ShouldBe(["connecting True False True", "later middleware"]);
        }

        (await _heard.TakeAsync(2)).ShouldBe(["disposed", "scope disposed"]);
        gate.SetResult();
    }

    [Fact]
    public async Task Lambdas_and_a_class_share_a_namespace()
    {
        await using var server = await StartAsync(io: io => io.Of("/chat").OnConnection(s =>
        {
            s.On("lambda", e => e.Ack("too"));
            s.Use(e => new(e.Name == "sum" ? EventResult.Refuse("no sums") : EventResult.Accept));
        }));
        await using var client = await OpenAsync(server);
        (await AskAsync(client, "lambda")).ShouldBe("[\"too\"]");
        (await AskAsync(client, "sum", "1")).ShouldBe("[{\"error\":{\"message\":\"no sums\"}}]");
        (await AskAsync(client, "joinRoom", "\"r\"")).ShouldBe("[]");
    }

    [Fact]
    public async Task A_class_may_handle_every_namespace_of_a_pattern()
    {
        await using var server = await StartAsync(add: io => io.AddNamespace<ChatNamespace>(new Regex("^/tenant-[0-9]$")));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/tenant-1");
        await client.ConnectAsync("/tenant-2");
        await client.SendAsync("42/tenant-2,5[\"sum\",1]");
        (await client.ReceiveAsync()).ShouldBe("43/tenant-2,5[8]");
        await client.SendAsync("40/chat,");
        (await client.ReceiveAsync()).ShouldBe("44/chat,{\"message\":\"Invalid namespace\"}");
    }

    [Fact]
    public void Two_classes_cannot_handle_one_namespace()
    {
        var io = new ServiceCollection().AddSocketIO().AddNamespace<ChatNamespace>();
        Should.Throw<InvalidOperationException>(() => io.AddNamespace<ChatNamespace>()).Message
            .ShouldBe("ChatNamespace cannot handle /chat: ChatNamespace does.");
    }

    [Fact]
    public async Task A_service_that_is_missing_stops_the_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(TestServer.StartAsync(
            services: s => s.AddSocketIO().AddNamespace<ChatNamespace>()));
        failure.Message.ShouldBe($"ChatNamespace needs {typeof(Journal)}, which is not among the services.");
    }

    [Fact]
    public async Task What_is_set_after_the_constructor_says_so()
    {
        await using var server = (await TestServer.StartAsync(services: s => s.AddSocketIO().AddNamespace<HastyNamespace>())).ExpectingErrors();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/hasty,");
        (await client.ReceiveAsync()).ShouldBe("44/hasty,{\"message\":\"Internal error\"}");
        server.Logs.Errors.ShouldHaveSingleItem().Exception!.Message.ShouldContain("takes it as a parameter");
    }

    private static async Task<string> AskAsync(WebSocketClient client, string name, string arguments = "")
    {
        await client.SendAsync($"42/chat,7[\"{name}\"{(arguments.Length > 0 ? "," : "")}{arguments}]");
        var answer = await client.ReceiveAsync();
        answer.ShouldStartWith("43/chat,7");
        return answer["43/chat,7".Length..];
    }

    private async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/chat");
        (await _heard.TakeAsync(2)).ShouldBe(["connecting True False True", "connected True"]);
        return client;
    }

    private Task<TestServer> StartAsync(Action<SocketServer>? io = null, Action<SocketIOBuilder>? add = null) => TestServer.StartAsync(
        io: io,
        services: s =>
        {
            s.AddScoped<Journal>().AddKeyedSingleton("colour", "red").AddSingleton(_heard);
            (add ?? (b => b.AddNamespace<ChatNamespace>()))(s.AddSocketIO());
        });
}

[Namespace("/hasty")]
internal sealed partial class HastyNamespace : NamespaceHandler
{
    public HastyNamespace() => Socket.Join("too early");
}
