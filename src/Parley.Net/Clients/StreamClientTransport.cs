using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Streams;

namespace Parley.Net.Clients;

/// <summary>A TCP or TLS connection to a server.</summary>
internal sealed class StreamClientTransport : ClientTransport
{
    private const int MaxWaiting = 1024 * 1024;

    // An engine has a handful of requests under way; a server that reads none of them is of no use.
    private const int MaxOwed = 64 * 1024;

    private readonly Stream _stream;
    private readonly Pipe _outgoing = new(new PipeOptions(pauseWriterThreshold: MaxWaiting, resumeWriterThreshold: MaxWaiting / 2, useSynchronizationContext: false));
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _writing;
    private readonly ArrayBufferWriter<byte> _owed = new();
    private Task _room = Task.CompletedTask;

    private StreamClientTransport(Stream stream, TransportAddress local)
    {
        _stream = stream;
        Local = local;
        _writing = WriteAsync();
    }

    public override TransportAddress Local { get; }

    public static async Task<ClientTransport> OpenAsync(TurnClientSocketOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(options.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            if (options.Local is { } local)
            {
                socket.Bind(local);
            }

            await socket.ConnectAsync(options.Server, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Turn.Transport == TransportProtocol.Tls)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(
                    options.Tls ?? new SslClientAuthenticationOptions { TargetHost = options.Server.Address.ToString() }, cancellationToken);
            }

            return new StreamClientTransport(stream, TransportAddress.From((IPEndPoint)socket.LocalEndPoint!));
        }
        catch
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket.Dispose();
            throw;
        }
    }

    public override bool TrySend(ReadOnlySpan<byte> message)
    {
        if (!_room.IsCompleted)
        {
            return false;
        }

        _outgoing.Writer.Write(_owed.WrittenSpan);
        _owed.ResetWrittenCount();
        _outgoing.Writer.Write(message);
        Flush();
        return true;
    }

    public override bool Send(ReadOnlySpan<byte> message, Action hasRoom)
    {
        if (TrySend(message))
        {
            return true;
        }

        if (_owed.WrittenCount == 0)
        {
            _ = _room.ContinueWith(_ => hasRoom(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        _owed.Write(message);
        return _owed.WrittenCount <= MaxOwed;
    }

    public override void SendOwed()
    {
        if (_owed.WrittenCount > 0)
        {
            TrySend([]);
        }
    }

    public override async Task ReceiveAsync(MessageReceived received, CancellationToken stopping)
    {
        var buffer = new FrameBuffer(oldChannels: false);
        buffer.Grow();
        try
        {
            while (await _stream.ReadAsync(buffer.Free, stopping) is > 0 and var length)
            {
                buffer.Advance(length);
                if (!HandOver(buffer, received))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // What was said last, a farewell perhaps, is still sent.
        await _outgoing.Writer.CompleteAsync();
        _ending.CancelAfter(TimeSpan.FromSeconds(1));
        await _writing;
        await _stream.DisposeAsync();
        _ending.Dispose();
    }

    private void Flush()
    {
        ValueTask<FlushResult> flushing = _outgoing.Writer.FlushAsync();
        if (!flushing.IsCompletedSuccessfully)
        {
            _room = flushing.AsTask();
        }
    }

    /// <summary>Whether what comes next can be understood.</summary>
    private static bool HandOver(FrameBuffer buffer, MessageReceived received)
    {
        while (true)
        {
            switch (buffer.Next(out ReadOnlySpan<byte> frame))
            {
                case NextFrame.Whole:
                    received(frame);
                    break;
                case NextFrame.Skipped:
                    break;
                case NextFrame.None:
                    return true;
                default:
                    return false;
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await _outgoing.Reader.CopyToAsync(_stream, _ending.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended; the reader notices too.
        }

        await _outgoing.Reader.CompleteAsync();
    }
}
