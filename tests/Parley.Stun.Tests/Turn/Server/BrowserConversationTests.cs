using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;
using Parley.Stun.Tests.Messages;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;

namespace Parley.Stun.Tests.Turn.Server;

/// <summary>The server hears again what real browsers said to it, and answers as they need it.</summary>
public sealed class BrowserConversationTests
{
    [Theory]
    [MemberData(nameof(BrowserRecording.All), MemberType = typeof(BrowserRecording))]
    public void A_browser_is_let_in_relayed_for_and_let_go(string browser, TransportProtocol protocol)
    {
        BrowserRecording recording = BrowserRecording.Of(browser);
        TurnWorld world = WorldOf(recording);
        var client = new TestClient(world, ClientOf(recording, protocol), recording.Server.User, recording.Server.Password);
        var answered = new List<string>();

        foreach (byte[] bytes in recording.Over(protocol).Bytes)
        {
            world.ToPeers.Clear();
            Answer? answer = client.Send(bytes);
            answered.Add(answer is null ? Relayed(bytes, world) : Checked(bytes, answer, recording, client.Tuple));
        }

        answered.Distinct(StringComparer.Ordinal).ShouldBe(browser == "chromium"
            ? [.. protocol == TransportProtocol.Udp ? (string[])["Binding"] : [], "Allocate 401", "Allocate", "CreatePermission", "Send", "ChannelBind", "ChannelData", "Refresh"]
            : ["Allocate 401", "Allocate", "CreatePermission", "Send", "Refresh"]);
        world.Last<TurnServerEvent.AllocationEnded>().Reason.ShouldBe(AllocationEnd.Released);
        world.Server.AllocationsAndOpenings.ShouldBe(0);
    }

    [Theory]
    [InlineData("chromium")]
    [InlineData("firefox")]
    public void A_browser_that_asks_for_its_address_is_told(string browser)
    {
        BrowserRecording recording = BrowserRecording.Of(browser);
        FiveTuple tuple = ClientOf(recording, TransportProtocol.Udp);
        var client = new TestClient(WorldOf(recording), tuple, recording.Server.User, recording.Server.Password);

        Answer answer = client.Send(Convert.FromHexString(recording.Binding[0])).ShouldNotBeNull();

        answer.Code.ShouldBeNull();
        answer.Mapped.ShouldBe(tuple.Client);
    }

    [Theory]
    [MemberData(nameof(BrowserRecording.All), MemberType = typeof(BrowserRecording))]
    public void A_browser_whose_password_is_not_ours_any_more_gets_401_and_nothing(string browser, TransportProtocol protocol)
    {
        BrowserRecording recording = BrowserRecording.Of(browser);
        TurnWorld world = WorldOf(recording, password: "looking-glass");
        var client = new TestClient(world, ClientOf(recording, protocol), recording.Server.User, recording.Server.Password);

        IEnumerable<Answer?> answers = recording.Over(protocol).Bytes.Select(client.Send).ToList();

        answers.Where(answer => answer?.Read().Method == StunMethod.Allocate).Select(answer => answer!.Code).ShouldBe([401, 401]);
        world.ToPeers.ShouldBeEmpty();
        world.Server.Counters.AllocationsMade.ShouldBe(0);
    }

    private static string Relayed(byte[] bytes, TurnWorld world)
    {
        if (ChannelData.TryRead(bytes, out _, out ReadOnlySpan<byte> data))
        {
            world.ToPeers.ShouldHaveSingleItem().Payload.ShouldBe(data.ToArray());
            return "ChannelData";
        }

        StunMessage.TryRead(bytes, out StunMessage indication).ShouldBeTrue();
        indication.TryGetXorAddress(StunAttributeType.XorPeerAddress, out TransportAddress peer).ShouldBeTrue();
        indication.TryGet(StunAttributeType.Data, out data).ShouldBeTrue();
        (_, TransportAddress to, byte[] payload) = world.ToPeers.ShouldHaveSingleItem();
        to.ShouldBe(peer);
        payload.ShouldBe(data.ToArray());
        return indication.Method.ToString();
    }

    private static string Checked(byte[] bytes, Answer answer, BrowserRecording recording, FiveTuple tuple)
    {
        StunMessage.TryRead(bytes, out StunMessage request).ShouldBeTrue();
        answer.Read().TransactionId.ShouldBe(request.TransactionId);
        // RFC 8489, 7: who marks its requests looks for the mark in the answer.
        answer.Has(StunAttributeType.Fingerprint).ShouldBe(request.Has(StunAttributeType.Fingerprint));
        if (request.Has(StunAttributeType.MessageIntegrity))
        {
            answer.Code.ShouldBeNull();
            StunIntegrity.VerifySha1(answer.Read(), recording.Server.Credential.KeyFor(PasswordAlgorithm.Md5)).ShouldBeTrue();
        }

        switch (request.Method)
        {
            case StunMethod.Allocate when answer.Code is { } code:
                answer.Get(StunAttributeType.Realm).ShouldBe(System.Text.Encoding.UTF8.GetBytes(recording.Server.Realm));
                answer.Nonce.ShouldNotBeNull();
                return $"Allocate {code}";
            case StunMethod.Allocate:
                // Chromium takes a success for a failure if one of these is missing.
                answer.Mapped.ShouldBe(tuple.Client);
                answer.Relayed.Address.ShouldBe(InternetAddress.Parse(recording.Server.Address));
                answer.Lifetime.ShouldBe(request.TryGetUInt32(StunAttributeType.Lifetime, out uint asked) ? asked : 600);
                break;
            case StunMethod.Refresh:
                answer.Lifetime.ShouldBe(0u);
                break;
            case StunMethod.Binding:
                answer.Mapped.ShouldBe(tuple.Client);
                break;
        }

        return request.Method.ToString();
    }

    private static FiveTuple ClientOf(BrowserRecording recording, TransportProtocol protocol) =>
        new(TransportAddress.Parse($"{recording.Server.Address}:50000"), TransportAddress.Parse($"{recording.Server.Address}:3478"), protocol);

    private static TurnWorld WorldOf(BrowserRecording recording, string? password = null)
    {
        RecordedServer server = recording.Server;
        var users = new StaticUsers(server.Realm, new Dictionary<string, string>(StringComparer.Ordinal) { [server.User] = password ?? server.Password });
        var world = new TurnWorld(
            new TurnServerOptions
            {
                Realm = server.Realm,
                NonceKey = Convert.FromHexString(server.NonceKey),
                Listeners = [TransportAddress.Parse($"{server.Address}:3478")],
                RelayAddresses = [TurnWorld.Same(server.Address)],
                Peers = new PeerPolicy { Allowed = [AddressRange.Parse(server.Address)] },
            },
            users);
        world.Server.Clock = WallClock.Saying(recording.Recorded, world.Now);
        return world;
    }
}
