using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.SocketIO.Tests.Clients;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class ContractTests
{
    [Fact]
    public async Task Contracts_may_be_generated_and_then_nothing_is_reflected_on()
    {
        await using var server = (await TestServer.StartAsync(
            o => o.SerializerOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                TypeInfoResolver = GeneratedContracts.Default,
            },
            io => io.Of("/").OnConnection(s =>
            {
                s.On<Known>("known", (e, known) => e.Ack(known with { Data = [.. known.Data, 9] }, "text", 7, true));
                s.On<Unknown>("unknown", (e, unknown) => e.Ack(unknown));
            }))).ExpectingErrors();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("451-1[\"known\",{\"name\":\"x\",\"data\":{\"_placeholder\":true,\"num\":0},\"any\":[1]}]", new byte[] { 1, 2 });
        (await client.ReceiveAsync()).ShouldBe(
            "461-1[{\"name\":\"x\",\"data\":{\"_placeholder\":true,\"num\":0},\"any\":[1]},\"text\",7,true]");
        (await client.ReceiveBinaryAsync()).ShouldBe([1, 2, 9]);

        await client.SendAsync("422[\"unknown\",{\"name\":\"x\"}]", "453-3[\"known\",{\"any\":1,\"data\":{\"_placeholder\":true,\"num\":0}}]");
        await client.SendAsync(new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 });
        (await client.ReceiveAsync()).ShouldStartWith("461-3[", Case.Sensitive);
        server.Logs.Errors.First().Exception.ShouldBeOfType<NotSupportedException>().Message.ShouldContain(nameof(Unknown));
    }

    [Fact]
    public async Task The_applications_own_options_and_converters_are_honoured_and_not_changed()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
        options.Converters.Add(new JsonStringEnumConverter());
        await using var server = await TestServer.StartAsync(
            o => o.SerializerOptions = options,
            io => io.Of("/").OnConnection(s => { s.Emit("e", new { DayOfWeek = DayOfWeek.Friday, Bytes = (byte[])[1] }); }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        (await client.ReceiveAsync()).ShouldBe(
            "451-[\"e\",{\"day_of_week\":\"Friday\",\"bytes\":{\"_placeholder\":true,\"num\":0}}]");
        options.Converters.Count.ShouldBe(1);
    }

    internal sealed record Unknown(string Name);
}

internal sealed record Known(string Name, byte[] Data, JsonElement Any);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Known))]
internal sealed partial class GeneratedContracts : JsonSerializerContext;
