using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

internal delegate void Fill(ref StunMessageWriter writer);

/// <summary>A client that sends what a test says, right or wrong.</summary>
internal sealed class TestClient(TurnWorld world, FiveTuple tuple, string user, string password)
{
    private static int _transactions;

    public FiveTuple Tuple { get; } = tuple;

    public string User { get; set; } = user;

    public string Password { get; set; } = password;

    /// <summary>Null until the server has sent one.</summary>
    public byte[]? Nonce { get; set; }

    /// <summary>Which algorithm it names, with the whole list; null: it is older than them.</summary>
    public PasswordAlgorithm? Algorithm { get; set; }

    public bool UsesSha256 { get; set; }

    public RelayId Relay { get; private set; }

    public StunCredential Credential => new(User, TurnWorld.Realm, Password);

    public static TransactionId NewTransaction()
    {
        byte[] bytes = new byte[TransactionId.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, Interlocked.Increment(ref _transactions));
        return TransactionId.Read(bytes);
    }

    /// <summary>A message without any proof.</summary>
    public static byte[] Plain(StunMethod method, StunClass @class, TransactionId id, Fill? fill = null, bool fingerprint = false)
    {
        byte[] buffer = new byte[4096];
        var writer = new StunMessageWriter(buffer, method, @class, id);
        fill?.Invoke(ref writer);
        if (fingerprint)
        {
            writer.AddFingerprint();
        }

        writer.TryFinish(out int length).ShouldBeTrue();
        return buffer[..length];
    }

    /// <summary>A request with the proof that this client makes.</summary>
    public byte[] Proved(StunMethod method, TransactionId id, Fill? fill = null)
    {
        byte[] buffer = new byte[4096];
        var writer = new StunMessageWriter(buffer, method, StunClass.Request, id);
        fill?.Invoke(ref writer);
        writer.Add(StunAttributeType.Username, Encoding.UTF8.GetBytes(User));
        writer.Add(StunAttributeType.Realm, Encoding.UTF8.GetBytes(TurnWorld.Realm));
        writer.Add(StunAttributeType.Nonce, Nonce ?? []);
        if (Algorithm is { } algorithm)
        {
            writer.Add(StunAttributeType.PasswordAlgorithms, [0, 2, 0, 0, 0, 1, 0, 0]);
            writer.AddUInt32(StunAttributeType.PasswordAlgorithm, (uint)algorithm << 16);
        }

        ReadOnlySpan<byte> key = Credential.KeyFor(Algorithm ?? PasswordAlgorithm.Md5);
        if (UsesSha256)
        {
            writer.AddMessageIntegritySha256(key);
        }
        else
        {
            writer.AddMessageIntegrity(key);
        }

        writer.TryFinish(out int length).ShouldBeTrue();
        return buffer[..length];
    }

    /// <summary>Sends bytes as they are; the answer, or null.</summary>
    public Answer? Send(byte[] message)
    {
        world.ToClients.Clear();
        world.Message(Tuple, message);
        (FiveTuple Client, byte[] Payload, bool IsResponse)[] mine = [.. world.ToClients.Where(sent => sent.Client == Tuple && sent.IsResponse)];
        mine.Length.ShouldBeLessThanOrEqualTo(1, "one request has one answer");
        return mine.Length == 0 ? null : new Answer(mine[0].Payload);
    }

    /// <summary>A proved request, with a nonce fetched first if there is none.</summary>
    public Answer Ask(StunMethod method, Fill? fill = null)
    {
        FetchNonce();
        Answer answer = Send(Proved(method, NewTransaction(), fill)).ShouldNotBeNull("there was no answer");
        return answer;
    }

    public void FetchNonce() =>
        Nonce ??= Send(Plain(StunMethod.Allocate, StunClass.Request, NewTransaction(), Udp)).ShouldNotBeNull().Nonce;

    /// <summary>An allocation with the usual request; what the answer says.</summary>
    public Answer Allocate(Fill? more = null)
    {
        Answer answer = Ask(StunMethod.Allocate, (ref StunMessageWriter writer) =>
        {
            writer.AddRequestedTransport(17);
            more?.Invoke(ref writer);
        });
        if (answer.Code is null)
        {
            Relay = world.Last<TurnServerEvent.RelayWanted>().Relay;
        }

        return answer;
    }

    public Answer Permit(params string[] peers) => Ask(StunMethod.CreatePermission, (ref StunMessageWriter writer) =>
    {
        foreach (string peer in peers)
        {
            writer.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse(peer));
        }
    });

    public Answer Bind(ushort channel, string peer) => Ask(StunMethod.ChannelBind, (ref StunMessageWriter writer) =>
    {
        writer.AddChannelNumber(channel);
        writer.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse(peer));
    });

    public Answer Refresh(uint? lifetime = null) => Ask(StunMethod.Refresh, (ref StunMessageWriter writer) =>
    {
        if (lifetime is { } seconds)
        {
            writer.AddUInt32(StunAttributeType.Lifetime, seconds);
        }
    });

    /// <summary>A Send indication.</summary>
    public void SendTo(string peer, string data) => world.Message(Tuple, Indication(peer, data));

    public static byte[] Indication(string peer, string data) =>
        Plain(StunMethod.Send, StunClass.Indication, NewTransaction(), (ref StunMessageWriter writer) =>
        {
            writer.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse(peer));
            writer.Add(StunAttributeType.Data, Encoding.UTF8.GetBytes(data));
        });

    public void SendOn(ushort channel, string data) => world.Message(Tuple, ChannelMessage(channel, data));

    public static byte[] ChannelMessage(ushort channel, string data)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(data);
        byte[] message = new byte[ChannelData.LengthOf(bytes.Length, padded: false)];
        ChannelData.Write(message, channel, bytes, padded: false);
        return message;
    }

    private static void Udp(ref StunMessageWriter writer) => writer.AddRequestedTransport(17);
}

/// <summary>A response, read.</summary>
internal sealed class Answer(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    public StunClass Class => Read().Class;

    /// <summary>Null: it is a success.</summary>
    public int? Code => Read().TryGetErrorCode(out StunErrorCode code) ? (int)code : null;

    public uint? Lifetime => Read().TryGetUInt32(StunAttributeType.Lifetime, out uint seconds) ? seconds : null;

    public byte[]? Nonce => Read().TryGet(StunAttributeType.Nonce, out ReadOnlySpan<byte> value) ? value.ToArray() : null;

    public TransportAddress Relayed => Read().TryGetXorAddress(StunAttributeType.XorRelayedAddress, out TransportAddress address) ? address : default;

    public TransportAddress Mapped => Read().TryGetXorAddress(StunAttributeType.XorMappedAddress, out TransportAddress address) ? address : default;

    public ushort[] Unknown => Read().TryGet(StunAttributeType.UnknownAttributes, out ReadOnlySpan<byte> value)
        ? [.. value.ToArray().Chunk(2).Select(pair => (ushort)((pair[0] << 8) | pair[1]))]
        : [];

    public bool Has(StunAttributeType type) => Read().Has(type);

    public byte[]? Get(StunAttributeType type) => Read().TryGet(type, out ReadOnlySpan<byte> value) ? value.ToArray() : null;

    public StunAttributeType[] Attributes
    {
        get
        {
            var types = new List<StunAttributeType>();
            foreach (StunAttribute attribute in Read().Attributes)
            {
                types.Add(attribute.Type);
            }

            return [.. types];
        }
    }

    public StunMessage Read()
    {
        StunMessage.TryRead(Bytes, out StunMessage message).ShouldBeTrue();
        return message;
    }
}
