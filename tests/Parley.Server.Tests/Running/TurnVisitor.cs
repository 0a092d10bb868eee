using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Server.Tests.Running;

/// <summary>A client of a TURN server that asks one thing at a time, as browsers spell it: over UDP, or over any stream.</summary>
internal sealed class TurnVisitor : IAsyncDisposable
{
    private const int HeaderLength = 20;
    private const byte Udp = 17;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket? _socket;
    private readonly Stream? _stream;
    private byte[] _realm = [];
    private byte[] _nonce = [];

    private TurnVisitor(Socket? socket, Stream? stream) => (_socket, _stream) = (socket, stream);

    /// <summary>What an answer says: an error, or none and the relayed address.</summary>
    public sealed record Answer(StunErrorCode? Error, TransportAddress? Relayed, TransportAddress? Mapped);

    public static TurnVisitor Over(Stream stream) => new(null, stream);

    /// <summary>By an address as it is handed out: <c>turn:127.0.0.1:3478?transport=udp</c>.</summary>
    public static async Task<TurnVisitor> ComeAsync(string url)
    {
        var hostPort = url.Split(':', 2)[1].Split('?')[0];
        var endPoint = IPEndPoint.Parse(hostPort);
        var isTcp = url.EndsWith("transport=tcp", StringComparison.Ordinal);
        var socket = new Socket(endPoint.AddressFamily, isTcp ? SocketType.Stream : SocketType.Dgram, isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
        await socket.ConnectAsync(endPoint).WaitAsync(Patience);
        return isTcp ? new(null, new NetworkStream(socket, ownsSocket: true)) : new(socket, null);
    }

    public Task<Answer> BindAsync() => AskAsync(StunMethod.Binding, null);

    /// <summary>As browsers do: first without, then with what the refusal says.</summary>
    public async Task<Answer> AllocateAsync(string username, string password)
    {
        (await AskAsync(StunMethod.Allocate, null)).Error.ShouldBe(StunErrorCode.Unauthenticated);
        return await AskAsync(StunMethod.Allocate, (username, password));
    }

    /// <summary>With the credentials of a handed-out <c>RTCIceServer</c>.</summary>
    public Task<Answer> AllocateAsync(JsonNode server) => AllocateAsync((string)server["username"]!, (string)server["credential"]!);

    public Task<Answer> RefreshAsync(JsonNode server) => AskAsync(StunMethod.Refresh, ((string)server["username"]!, (string)server["credential"]!));

    /// <summary>Asks to be reached by this peer (RFC 8656, section 9).</summary>
    public Task<Answer> PermitAsync(string peer, string username, string password) =>
        AskAsync(StunMethod.CreatePermission, (username, password), new TransportAddress(InternetAddress.Parse(peer), 9));

    public async ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private async Task<Answer> AskAsync(StunMethod method, (string Username, string Password)? credential, TransportAddress? peer = null)
    {
        var transaction = TransactionId.Draw(SecureRandom.Instance);
        var request = Write(method, transaction, credential, peer);
        if (_stream is null)
        {
            await _socket!.SendAsync(request).WaitAsync(Patience);
        }
        else
        {
            await _stream.WriteAsync(request).AsTask().WaitAsync(Patience);
            await _stream.FlushAsync().WaitAsync(Patience);
        }

        return Read(await ReceiveAsync().WaitAsync(Patience), transaction);
    }

    private byte[] Write(StunMethod method, TransactionId transaction, (string Username, string Password)? credential, TransportAddress? peer)
    {
        var buffer = new byte[1024];
        var writer = new StunMessageWriter(buffer, method, StunClass.Request, transaction);
        if (method == StunMethod.Allocate)
        {
            writer.AddRequestedTransport(Udp);
        }

        if (peer is { } address)
        {
            writer.AddXorAddress(StunAttributeType.XorPeerAddress, address);
        }

        if (credential is var (username, password))
        {
            writer.Add(StunAttributeType.Username, Encoding.UTF8.GetBytes(username));
            writer.Add(StunAttributeType.Realm, _realm);
            writer.Add(StunAttributeType.Nonce, _nonce);
            var key = new StunCredential(username, Encoding.UTF8.GetString(_realm), password).KeyFor(PasswordAlgorithm.Md5);
            writer.AddMessageIntegrity(key);
        }

        writer.TryFinish(out var length).ShouldBeTrue();
        return buffer[..length];
    }

    private async Task<byte[]> ReceiveAsync()
    {
        var buffer = new byte[2048];
        if (_stream is null)
        {
            return buffer[..await _socket!.ReceiveAsync(buffer)];
        }

        await _stream.ReadExactlyAsync(buffer.AsMemory(0, HeaderLength));
        var length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2));
        await _stream.ReadExactlyAsync(buffer.AsMemory(HeaderLength, length - HeaderLength));
        return buffer[..length];
    }

    private Answer Read(byte[] bytes, TransactionId transaction)
    {
        StunMessage.TryRead(bytes, out var message).ShouldBeTrue(Convert.ToHexString(bytes));
        message.TransactionId.ShouldBe(transaction);
        if (message.TryGet(StunAttributeType.Realm, out var realm) && message.TryGet(StunAttributeType.Nonce, out var nonce))
        {
            (_realm, _nonce) = (realm.ToArray(), nonce.ToArray());
        }

        return new(
            message.TryGetErrorCode(out var error) ? error : null,
            message.TryGetXorAddress(StunAttributeType.XorRelayedAddress, out var relayed) ? relayed : null,
            message.TryGetXorAddress(StunAttributeType.XorMappedAddress, out var mapped) ? mapped : null);
    }
}
