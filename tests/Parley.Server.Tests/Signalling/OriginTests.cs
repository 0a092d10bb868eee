using System.Net;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class OriginTests
{
    [Theory]
    [InlineData("https://embedding.example", true)]
    [InlineData("https://stranger.example", false)]
    public async Task Pages_of_other_origins_connect_only_where_the_configuration_says_so(string origin, bool allowed)
    {
        await using var server = await RunningServer.StartAsync("--Parley:AllowedOrigins", "https://embedding.example/");
        using var http = server.NewHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/socket.io/?EIO=4&transport=polling");
        request.Headers.Add("Origin", origin);

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        (response.StatusCode == HttpStatusCode.OK).ShouldBe(allowed);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
    }
}
