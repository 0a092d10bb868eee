using System.Text.Json.Nodes;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_running_server_says_that_it_is_well_and_its_version()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = server.NewHttpClient();

        using var response = await http.GetAsync("/health", TestContext.Current.CancellationToken);

        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var health = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        ((string?)health["status"]).ShouldBe("ok");
        ((string)health["version"]!).ShouldMatch(@"^\d+\.\d+\.\d+");
    }
}
