using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Running;
using Parley.Server.Tests.Webhooks;

namespace Parley.Server.Tests.JoinTokens;

/// <summary>samples/JoinTokens as a person starts it: a process of its own, beside a server.</summary>
public sealed class JoinTokensSampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_sample_lets_people_in_as_what_they_are_and_hears_of_it()
    {
        var port = FreePort();
        await using var server = await RunningServer.StartAsync(
            "--Parley:JoinTokens:Secrets", ForgedToken.Secret, "--Parley:JoinTokens:Required", "true",
            "--Parley:Webhooks:0:Url", $"http://127.0.0.1:{port}/events", "--Parley:Webhooks:0:Secrets", Listener.Secret);
        using var sample = await StartAsync(port, server.Address);
        try
        {
            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };

            await using var ada = await EnterAsync(browser, server, "Ada <3", "teacher");
            await using var ben = await EnterAsync(browser, server, "Ben", "pupil");

            ((string?)ada.Admitted["self"]!["name"], (string?)ada.Admitted["self"]!["role"]).ShouldBe(("Ada <3", "host"));
            ((string?)ben.Admitted["self"]!["name"], (string?)ben.Admitted["self"]!["role"]).ShouldBe(("Ben", "participant"));
            await Eventually.ShouldBeTrueAsync(() => Page(browser).Contains("<li>Ben: participant.joined", StringComparison.Ordinal));
            Page(browser).ShouldContain("<ul><li>class-7b: room.opened<li>Ada &lt;3: participant.joined<li>Ben: participant.joined</ul>");
            using var forged = new StringContent("""{"type":"room.ended","data":{"room":"class-7b"}}""", Encoding.UTF8, "application/json");
            forged.Headers.Add("webhook-id", "msg_1");
            forged.Headers.Add("webhook-timestamp", $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}");
            forged.Headers.Add("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
            (await browser.PostAsync(new Uri("/events", UriKind.Relative), forged, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        finally
        {
            sample.Kill();
            await sample.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<SignallingClient> EnterAsync(HttpClient browser, RunningServer server, string name, string who)
    {
        using var form = new FormUrlEncodedContent([new("name", name), new("who", who)]);
        using var answer = await browser.PostAsync(new Uri("/enter", UriKind.Relative), form, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var link = answer.Headers.Location!;
        link.GetLeftPart(UriPartial.Path).ShouldBe($"{server.Address}r/class-7b");
        link.Fragment.ShouldStartWith("#token=");
        var client = await server.ConnectAsync();
        await client.JoinAsync("class-7b", "Somebody", token: link.Fragment["#token=".Length..]);
        return client;
    }

    private static string Page(HttpClient browser)
    {
        using var answer = browser.Send(new(HttpMethod.Get, "/"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    }

    private static async Task<Process> StartAsync(int port, Uri server)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "JoinTokens.dll"), "--urls", $"http://127.0.0.1:{port}", "--Parley", server.ToString(),
                "--Secret", ForgedToken.Secret, "--HookSecret", Listener.Secret,
            },
        };
        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            // Null is the end of it, which is no waiting any more.
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) != false)
            {
                ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(Patience);
        process.HasExited.ShouldBeFalse();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
