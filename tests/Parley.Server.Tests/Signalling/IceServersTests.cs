using Parley.Server.IceServers;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class IceServersTests
{
    [Fact]
    public async Task Each_participant_gets_credentials_of_its_own_with_the_answer_and_again_when_it_asks()
    {
        await using var server = await RunningServer.StartAsync(
            "--Parley:IceServers:0:Urls", "stun:example.org",
            "--Parley:IceServers:1:Urls", "turn:example.org, turns:example.org",
            "--Parley:IceServers:1:Secret", "north",
            "--Parley:IceServers:1:TtlSeconds", "600");
        await using var ada = await server.JoinAsync("room");

        var again = await ada.RequestAsync("iceServers");

        ((bool)again["ok"]!).ShouldBeTrue();
        foreach (var list in new[] { ada.Admitted["iceServers"]!, again["iceServers"]! })
        {
            list["servers"]![0]!.ToJsonString().ShouldBe("""{"urls":["stun:example.org"]}""");
            var turn = list["servers"]![1]!;
            turn["urls"]!.ToJsonString().ShouldBe("""["turn:example.org","turns:example.org"]""");
            var username = (string)turn["username"]!;
            username.ShouldEndWith($":{ada.Id}");
            ((string?)turn["credential"]).ShouldBe(IceServerIssuer.Mint("north", username));
            var expiresAt = (long)list["expiresAt"]!;
            username.ShouldStartWith($"{expiresAt / 1000}:");
            var now = server.Get<TimeProvider>().GetUtcNow();
            expiresAt.ShouldBeInRange(now.AddSeconds(500).ToUnixTimeMilliseconds(), now.AddSeconds(601).ToUnixTimeMilliseconds());
        }
    }

    [Fact]
    public async Task Static_credentials_never_end()
    {
        await using var server = await RunningServer.StartAsync(
            "--Parley:IceServers:0:Urls", "turn:example.org",
            "--Parley:IceServers:0:Username", "ada",
            "--Parley:IceServers:0:Credential", "lovelace");
        await using var ada = await server.JoinAsync("room");

        ada.Admitted["iceServers"]!.ToJsonString().ShouldBe(
            """{"servers":[{"urls":["turn:example.org"],"username":"ada","credential":"lovelace"}],"expiresAt":null}""");
    }
}
