using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Clients;

/// <summary>A frame as it travels (RFC 6455, section 5.2), unmasked; RSV1 says that its message is compressed (RFC 7692).</summary>
internal readonly record struct RawFrame(int Opcode, bool Rsv1, byte[] Payload, bool IsFinal = true);

/// <summary>A WebSocket in bare frames, right or wrong.</summary>
internal sealed class RawWebSocket : IDisposable
{
    private readonly TcpClient _tcp = new();

    /// <summary>The server's answer to the handshake, up to its empty line.</summary>
    public string Answer { get; private set; } = "";

    public static async Task<RawWebSocket> OpenAsync(TestServer server, string path, string? extensions)
    {
        var socket = new RawWebSocket();
        await socket._tcp.ConnectAsync(server.Address.Host, server.Address.Port, Deadline.Token());
        var offer = extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n";
        var request = $"GET {path}?EIO=4&transport=websocket HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: Upgrade\r\n"
            + $"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{offer}\r\n";
        var stream = socket._tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Deadline.Token());
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            answer.Append((char)(await socket.ReadAsync(1))[0]);
        }

        socket.Answer = answer.ToString();
        socket.Answer.ShouldStartWith("HTTP/1.1 101");
        return socket;
    }

    public async Task SendAsync(RawFrame frame)
    {
        List<byte> bytes = [(byte)((frame.IsFinal ? 0x80 : 0) | (frame.Rsv1 ? 0x40 : 0) | frame.Opcode)];
        if (frame.Payload.Length < 126)
        {
            bytes.Add((byte)(0x80 | frame.Payload.Length));
        }
        else
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, frame.Payload.Length);
            bytes.Add(0x80 | 127);
            bytes.AddRange(length);
        }

        // Masked with zeros, which changes nothing.
        bytes.AddRange([0, 0, 0, 0]);
        bytes.AddRange(frame.Payload);
        await _tcp.GetStream().WriteAsync(bytes.ToArray(), Deadline.Token());
    }

    public async Task<RawFrame> ReceiveAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
            127 => (int)BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8)),
            _ => head[1],
        };
        return new(head[0] & 0x0f, (head[0] & 0x40) != 0, await ReadAsync(length), (head[0] & 0x80) != 0);
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _tcp.GetStream().ReadExactlyAsync(bytes, Deadline.Token());
        return bytes;
    }
}
