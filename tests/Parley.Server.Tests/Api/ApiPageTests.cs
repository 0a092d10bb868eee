using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parley.Server.Tests.Running;
using Parley.Server.Tests.Webhooks;

namespace Parley.Server.Tests.Api;

/// <summary>The examples of docs/api.md, taken from the page and run against a real server. The one in C# is compiled by the repository's tests.</summary>
public sealed partial class ApiPageTests(ApiServer shared) : IClassFixture<ApiServer>
{
    private static readonly string[] Python = ["python3", "-"];

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public Task A_join_token_made_in_the_shell_opens_the_room() => OpenAsync("sh", "sh", "-");

    [Fact]
    public Task A_join_token_made_in_Node_opens_the_room() => OpenAsync("js", "node", "--input-type=module", "-");

    [Fact]
    public async Task An_API_token_made_in_the_shell_opens_the_API()
    {
        await using var ada = await _server.JoinAsync("page", "Ada");

        var output = await RunAsync(Example("sh", "A token for the API"), ["sh", "-"]);

        output.ShouldContain("\"name\":\"page\"");
        ((string?)JsonNode.Parse(output[output.IndexOf("{\"token\"", StringComparison.Ordinal)..])!["link"]).ShouldNotBeNull()
            .ShouldStartWith($"{_server.Address}r/class-7b#token=");
    }

    [Fact]
    public async Task An_event_is_known_in_Node_and_a_forged_or_an_old_one_is_not()
    {
        var example = Example("js", "Is this event");
        var heard = await HearAsync();
        string Asking(string body, long timestamp) => string.Create(
            CultureInfo.InvariantCulture,
            $"{example}\nconsole.log(isGenuine('{Listener.Secret}', {{ 'webhook-id': '{heard.Id}', 'webhook-timestamp': '{timestamp}', 'webhook-signature': '{heard.Signature}' }}, {JsonValue.Create(body).ToJsonString()}));");

        (await RunAsync(Asking(heard.Body, heard.Timestamp), ["node", "--input-type=module", "-"])).Trim().ShouldBe("true");
        (await RunAsync(Asking(heard.Body + " ", heard.Timestamp), ["node", "--input-type=module", "-"])).Trim().ShouldBe("false");
        (await RunAsync(Asking(heard.Body, heard.Timestamp - 301), ["node", "--input-type=module", "-"])).Trim().ShouldBe("false");
    }

    [Fact]
    public async Task Python_says_the_same_where_there_is_Python()
    {
        // It belongs to no other part of the repository, so its absence is no failure; the examples are in the page all the same.
        var check = Example("python", "Is this event");
        if (!await HasPythonAsync())
        {
            return;
        }

        await OpenAsync("python", Python);
        var heard = await HearAsync();
        string Asking(string body) => string.Create(
            CultureInfo.InvariantCulture,
            $"{check}\nprint(is_genuine('{Listener.Secret}', {{'webhook-id': '{heard.Id}', 'webhook-timestamp': '{heard.Timestamp}', 'webhook-signature': '{heard.Signature}'}}, {JsonValue.Create(body).ToJsonString()}.encode()))");

        (await RunAsync(Asking(heard.Body), Python)).Trim().ShouldBe("True");
        (await RunAsync(Asking(heard.Body + " "), Python)).Trim().ShouldBe("False");
    }

    private static async Task<bool> HasPythonAsync()
    {
        try
        {
            return (await RunAsync("print('here')", Python, server: null)).Trim() == "here";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<Listener.Heard> HearAsync()
    {
        await using var listener = await Listener.StartAsync();
        await using var server = await RunningServer.StartAsync("--Parley:Webhooks:0:Url", listener.Address.ToString(), "--Parley:Webhooks:0:Secrets", Listener.Secret);
        await using var ada = await server.JoinAsync("room", "Ada");
        return (await listener.HearAsync(1))[0];
    }

    private async Task OpenAsync(string language, params string[] command)
    {
        var link = (await RunAsync(Example(language, "A join token"), command, _server.Address)).Trim();

        link.ShouldStartWith($"{_server.Address}r/class-7b#token=");
        await using var ada = await _server.ConnectAsync();
        await ada.JoinAsync("class-7b", "Somebody", token: link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        ((string?)ada.Admitted["self"]!["name"], (string?)ada.Admitted["self"]!["role"]).ShouldBe(("Ada", "host"));
    }

    private Task<string> RunAsync(string program, string[] command) => RunAsync(program, command, _server.Address);

    private static async Task<string> RunAsync(string program, string[] command, Uri? server)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SECRET"] = ForgedToken.Secret, ["PARLEY"] = server?.ToString().TrimEnd('/') },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(program);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }

    /// <summary>The fence of this language whose first line says this.</summary>
    private static string Example(string language, string title)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Parley.slnx")))
        {
            folder = folder.Parent;
        }

        return Fence().Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", "api.md")))
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["code"].Value)
            .Single(code => code.Split('\n')[0].Contains(title, StringComparison.Ordinal));
    }

    [GeneratedRegex("""^```(?<language>\w+)\r?\n(?<code>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
