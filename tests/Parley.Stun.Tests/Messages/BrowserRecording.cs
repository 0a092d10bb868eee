using System.Text;
using System.Text.Json;
using Parley.Core.Addresses;
using Parley.Stun.Credentials;

namespace Parley.Stun.Tests.Messages;

/// <summary>What a real browser said to a real server of ours, byte for byte: made by eng/capture-browser-messages.sh.</summary>
/// <param name="Browser">Its name and version.</param>
/// <param name="Recorded">When it was said: nonces are good for a time only.</param>
/// <param name="Server">To whom.</param>
/// <param name="Binding">To a server that was given as <c>stun:</c>.</param>
/// <param name="Relaying">To one that was given as <c>turn:</c>, over each protocol, from the first message to the last.</param>
public sealed record BrowserRecording(
    string Browser, DateTimeOffset Recorded, RecordedServer Server, IReadOnlyList<string> Binding, IReadOnlyList<RecordedConversation> Relaying)
{
    /// <summary>Both browsers over both protocols.</summary>
    public static TheoryData<string, TransportProtocol> All { get; } = new()
    {
        { "chromium", TransportProtocol.Udp },
        { "chromium", TransportProtocol.Tcp },
        { "firefox", TransportProtocol.Udp },
        { "firefox", TransportProtocol.Tcp },
    };

    public static BrowserRecording Of(string browser)
    {
        using Stream file = typeof(BrowserRecording).Assembly.GetManifestResourceStream($"{browser}.json")!;
        return JsonSerializer.Deserialize<BrowserRecording>(file, JsonSerializerOptions.Web)!;
    }

    public RecordedConversation Over(TransportProtocol protocol) =>
        Relaying.Single(conversation => string.Equals(conversation.Protocol, protocol.ToString(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>A server, and who uses it.</summary>
/// <param name="Address">Of the server, of the client, and of the relayed addresses of both ends.</param>
/// <param name="Realm">As the server was told.</param>
/// <param name="User">As both were told.</param>
/// <param name="Password">As both were told.</param>
/// <param name="NonceKey">Signs the nonces in the messages, in hexadecimal.</param>
public sealed record RecordedServer(string Address, string Realm, string User, string Password, string NonceKey)
{
    internal StunCredential Credential => new(User, Realm, Password);
}

/// <summary>What one end of a connection said.</summary>
/// <param name="Protocol">How the server was reached.</param>
/// <param name="Ice">What the two ends called themselves.</param>
/// <param name="Messages">In hexadecimal: what one end said, in its order, each message once.</param>
public sealed record RecordedConversation(string Protocol, IReadOnlyList<RecordedEnd> Ice, IReadOnlyList<string> Messages)
{
    internal IEnumerable<byte[]> Bytes => Messages.Select(Convert.FromHexString);
}

/// <summary>One end in the words of ICE.</summary>
/// <param name="Ufrag">In USERNAME of the checks of the other end, first.</param>
/// <param name="Password">Proves them.</param>
public sealed record RecordedEnd(string Ufrag, string Password)
{
    internal byte[] Key => Encoding.UTF8.GetBytes(Password);
}
