using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;
using static Parley.Stun.Messages.StunAttributeType;

namespace Parley.Stun.Tests.Messages;

/// <summary>The codec reads what Chromium and Firefox write.</summary>
public sealed class BrowserMessageTests
{
    /// <summary>What a browser puts into each request, in its order, without what proves it.</summary>
    private static readonly Dictionary<(string Browser, StunMethod Method), StunAttributeType[]> Asked = new()
    {
        [("chromium", StunMethod.Allocate)] = [RequestedTransport],
        [("chromium", StunMethod.CreatePermission)] = [XorPeerAddress],
        [("chromium", StunMethod.ChannelBind)] = [ChannelNumber, XorPeerAddress],
        [("chromium", StunMethod.Refresh)] = [Lifetime],
        [("firefox", StunMethod.Allocate)] = [RequestedTransport, Lifetime],
        [("firefox", StunMethod.CreatePermission)] = [XorPeerAddress],
        [("firefox", StunMethod.Refresh)] = [Lifetime],
    };

    [Theory]
    [MemberData(nameof(BrowserRecording.All), MemberType = typeof(BrowserRecording))]
    public void The_first_Allocate_asks_for_UDP_and_proves_nothing(string browser, TransportProtocol protocol)
    {
        byte[] bytes = Requests(browser, protocol).First();
        StunMessage message = Read(bytes);

        message.Type.ShouldBe(new StunMessageType(StunMethod.Allocate, StunClass.Request));
        Types(message).ShouldBe([.. Asked[(browser, StunMethod.Allocate)], .. Mark(browser)]);
        message.TryGetUInt32(RequestedTransport, out uint transport).ShouldBeTrue();
        (transport >> 24).ShouldBe(17u);
        message.TryGetUInt32(Lifetime, out uint lifetime).ShouldBe(browser == "firefox");
        lifetime.ShouldBe(browser == "firefox" ? 3600u : 0);
    }

    [Theory]
    [MemberData(nameof(BrowserRecording.All), MemberType = typeof(BrowserRecording))]
    public void Every_other_request_is_proved_by_the_password_and_by_no_other(string browser, TransportProtocol protocol)
    {
        StunCredential credential = BrowserRecording.Of(browser).Server.Credential;
        var wrong = new StunCredential(credential.Username, credential.Realm, "wonderlamb");
        var methods = new HashSet<StunMethod>();

        foreach (byte[] bytes in Requests(browser, protocol).Skip(1))
        {
            StunMessage message = Read(bytes);
            methods.Add(message.Method);
            Types(message).ShouldBe([.. Asked[(browser, message.Method)], Username, Realm, Nonce, MessageIntegrity, .. Mark(browser)]);
            Text(message, Username).ShouldBe(credential.Username);
            Text(message, Realm).ShouldBe(credential.Realm);
            StunIntegrity.VerifySha1(message, credential.KeyFor(Credentials.PasswordAlgorithm.Md5)).ShouldBeTrue();
            StunIntegrity.VerifySha1(message, wrong.KeyFor(Credentials.PasswordAlgorithm.Md5)).ShouldBeFalse();
            StunIntegrity.VerifyFingerprint(message).ShouldBe(browser == "firefox");
        }

        // Firefox has no channels (its bug 857736).
        methods.Order().ShouldBe(Asked.Keys.Where(asked => asked.Browser == browser).Select(asked => asked.Method).Order());
    }

    [Theory]
    [MemberData(nameof(BrowserRecording.All), MemberType = typeof(BrowserRecording))]
    public void Indications_carry_the_checks_of_ICE_proved_by_the_password_of_the_other_end(string browser, TransportProtocol protocol)
    {
        RecordedConversation conversation = BrowserRecording.Of(browser).Over(protocol);
        int requests = 0;

        foreach (byte[] bytes in conversation.Bytes.Where(bytes => IsStun(bytes) && Read(bytes).Method == StunMethod.Send))
        {
            StunMessage indication = Read(bytes);
            Types(indication).Except([XorPeerAddress, Data, .. Mark(browser)]).ShouldBeEmpty();
            indication.TryGetXorAddress(XorPeerAddress, out TransportAddress peer).ShouldBeTrue();
            peer.Port.ShouldBeGreaterThan((ushort)49151);
            indication.TryGet(Data, out ReadOnlySpan<byte> data).ShouldBeTrue();

            byte[] inside = data.ToArray();
            StunMessage check = Read(inside);
            check.Method.ShouldBe(StunMethod.Binding);
            StunIntegrity.VerifyFingerprint(check).ShouldBeTrue();
            // RFC 8445, 7.2.2: a request is proved by the password of the end that it goes to, and so is its answer.
            RecordedEnd[] proving = [.. conversation.Ice.Where(end => StunIntegrity.VerifySha1(Read(inside), end.Key))];
            RecordedEnd prover = proving.ShouldHaveSingleItem();
            if (check.Class == StunClass.Request)
            {
                requests++;
                RecordedEnd other = conversation.Ice.Single(end => end != prover);
                Text(check, Username).ShouldBe($"{prover.Ufrag}:{other.Ufrag}");
                (check.Has(IceControlling) != check.Has(IceControlled)).ShouldBeTrue("an end has one role");
                check.Has(Priority).ShouldBeTrue();
            }
        }

        requests.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("chromium")]
    [InlineData("firefox")]
    public void Who_asks_a_STUN_server_for_its_address_says_nothing_more(string browser)
    {
        StunMessage message = Read(Convert.FromHexString(BrowserRecording.Of(browser).Binding[0]));

        message.Type.ShouldBe(new StunMessageType(StunMethod.Binding, StunClass.Request));
        Types(message).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(TransportProtocol.Udp)]
    [InlineData(TransportProtocol.Tcp)]
    public void Chromium_speaks_on_its_channel_once_it_is_bound(TransportProtocol protocol)
    {
        RecordedConversation conversation = BrowserRecording.Of("chromium").Over(protocol);
        byte[] bind = Requests("chromium", protocol).Single(bytes => Read(bytes).Method == StunMethod.ChannelBind);
        Read(bind).TryGetChannelNumber(out ushort bound).ShouldBeTrue();
        ChannelData.IsChannel(bound).ShouldBeTrue();

        byte[][] onChannel = [.. conversation.Bytes.Where(bytes => !IsStun(bytes))];

        onChannel.ShouldNotBeEmpty();
        foreach (byte[] bytes in onChannel)
        {
            ChannelData.TryRead(bytes, out ushort channel, out ReadOnlySpan<byte> data).ShouldBeTrue();
            channel.ShouldBe(bound);
            bytes.Length.ShouldBe(ChannelData.LengthOf(data.Length, padded: protocol == TransportProtocol.Tcp));
        }
    }

    /// <summary>From the first Allocate on: Chromium asks for its address before, from the same port.</summary>
    private static IEnumerable<byte[]> Requests(string browser, TransportProtocol protocol) => BrowserRecording.Of(browser).Over(protocol).Bytes
        .Where(bytes => IsStun(bytes) && Read(bytes).Class == StunClass.Request && Read(bytes).Method != StunMethod.Binding);

    private static bool IsStun(byte[] bytes) => !ChannelData.LooksLikeChannelData(bytes);

    /// <summary>Firefox marks what it says to a TURN server as STUN.</summary>
    private static StunAttributeType[] Mark(string browser) => browser == "firefox" ? [Fingerprint] : [];

    private static StunMessage Read(byte[] bytes)
    {
        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();
        return message;
    }

    private static string Text(StunMessage message, StunAttributeType type) =>
        message.TryGet(type, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : string.Empty;

    private static List<StunAttributeType> Types(StunMessage message)
    {
        List<StunAttributeType> types = [];
        foreach (StunAttribute attribute in message.Attributes)
        {
            types.Add(attribute.Type);
        }

        return types;
    }
}
