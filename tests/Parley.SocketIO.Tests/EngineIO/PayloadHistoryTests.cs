using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

/// <summary>What went wrong with the polling payloads of other Engine.IO servers, tried here.</summary>
public sealed class PayloadHistoryTests
{
    [Fact]
    public async Task Cve_2020_36048_a_body_of_a_hundred_megabytes_is_refused_before_it_comes()
    {
        await using var server = await EchoServer.StartAsync();
        await using var client = await EchoServer.OpenPollingAsync(server);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /engine.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n"));

        var answer = new byte[1000];
        var length = await socket.GetStream().ReadAsync(answer, Deadline.Token());
        Encoding.ASCII.GetString(answer, 0, length).ShouldStartWith("HTTP/1.1 413 ");
    }

    [Fact]
    public async Task Cve_2020_36048_a_body_of_unknown_length_is_counted_as_it_comes()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxPayloadBytes = 1000);
        await using var client = await EchoServer.OpenPollingAsync(server);
        using var endless = new StreamContent(new Zeros(100_000_000));

        // The server may stop to read before all is sent, which this client takes for a failure.
        try
        {
            using var answer = await client.PostAsync(endless);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException)
        {
        }

        await using var other = await EchoServer.OpenPollingAsync(server);
        await other.SendAsync("4still there");
        (await other.ReceiveAsync()).ShouldBe("4still there");
    }

    [Fact]
    public void A_payload_of_separators_is_refused_before_it_is_read()
    {
        var payload = new byte[1_000_000];
        payload.AsSpan().Fill(0x1e);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PayloadReader.IsAcceptable(payload, new SocketIOOptions().MaxPacketsPerPayload).ShouldBeFalse();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024);
    }

    [Fact]
    public void Reading_a_payload_copies_nothing()
    {
        var payload = Encoding.UTF8.GetBytes(string.Join('\u001e', Enumerable.Repeat("b" + new string('A', 400), 2000)));
        var reader = new PayloadReader(payload);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var packets = 0;
        while (reader.TryRead(out _, out _))
        {
            packets++;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024);
        packets.ShouldBe(2000);
    }

    /// <summary>Zeros up to a length that is not told.</summary>
    private sealed class Zeros(long left) : Stream
    {
        private long _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            _left -= read;
            Array.Clear(buffer, offset, read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
