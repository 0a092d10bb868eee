using System.Net;
using System.Text.Json;

namespace Parley.SocketIO.Tests.Clients;

internal static class HttpResponseAssertions
{
    public static async Task ShouldBeAsync(this HttpResponseMessage response, HttpStatusCode status, string body)
    {
        var actual = await response.Content.ReadAsStringAsync();
        (response.StatusCode, actual).ShouldBe((status, body));
    }

    /// <summary>One of Engine.IO's own refusals.</summary>
    public static async Task ShouldBeErrorAsync(
        this HttpResponseMessage response, int code, string message, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        await response.ShouldBeAsync(status, $$"""{"code":{{code}},"message":{{JsonSerializer.Serialize(message)}}}""");
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
    }
}
