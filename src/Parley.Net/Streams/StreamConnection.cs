using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Loops;

namespace Parley.Net.Streams;

/// <summary>
/// One TCP or TLS connection that carries STUN and ChannelData. Reading and writing wait on the thread pool; what arrived is handled on the
/// loop's thread, and nothing more is read until that is done, so that a client cannot send faster than it is served.
/// </summary>
#pragma warning disable CA1001 // The owner may be about to end a connection that has just ended: what it cancels then must still be there.
internal sealed class StreamConnection
#pragma warning restore CA1001
{
    /// <summary>How long a connection that is closed may take to accept what it was sent before.</summary>
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);

    private readonly Stream _stream;
    private readonly IStreamOwner _owner;
    private readonly FrameBuffer _received;
    private readonly StreamBacklog _backlog;
    private readonly int _backlogBytes;
    private readonly LoopCall _opened;
    private readonly LoopCall _arrived;
    private readonly LoopCall _ended;
    private readonly CancellationTokenSource _ending = new();

    // The owner knows it and wants to hear from it.
    private bool _isOpen;
    private string _reason = "it was closed";

    /// <summary>A connection that begins with <see cref="RunAsync"/>.</summary>
    /// <param name="loop">On which the owner is called.</param>
    /// <param name="stream">Established; TLS has shaken hands.</param>
    /// <param name="client">Who talks to which of our addresses.</param>
    /// <param name="owner">Who gets the frames.</param>
    /// <param name="backlogBytes">What data may wait for a slow reader who is trusted, in bytes; with responses, twice as much.</param>
    /// <param name="oldChannels">The channels of RFC 5766 are expected too.</param>
    public StreamConnection(EventLoop loop, Stream stream, FiveTuple client, IStreamOwner owner, int backlogBytes, bool oldChannels)
    {
        _stream = stream;
        _owner = owner;
        Client = client;
        _received = new FrameBuffer(oldChannels);
        _backlog = new StreamBacklog(loop, stream, Abort, _ending.Token);
        _backlogBytes = backlogBytes;
        _opened = new LoopCall(loop, HandleOpened);
        _arrived = new LoopCall(loop, HandleArrived);
        _ended = new LoopCall(loop, HandleEnded);
    }

    public FiveTuple Client { get; }

    /// <summary>For tests: the memory that waits for a slow reader, in bytes.</summary>
    internal int BacklogCapacity => _backlog.Capacity;

    /// <summary>For tests: everything was taken.</summary>
    internal bool BacklogIsEmpty => _backlog.Waiting == 0;

    /// <summary>Since when nothing justifies this connection; null: something does. The owner's to set, on the loop's thread.</summary>
    public Instant? IdleSince { get; set; }

    /// <summary>Reads until either side ends the connection, and disposes of the stream. Does not throw.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using (stopping.UnsafeRegister(static connection => ((StreamConnection)connection!).Abort(), this))
        {
            await _opened.InvokeAsync();
            try
            {
                while (await _stream.ReadAsync(_received.Free, _ending.Token) is > 0 and var length)
                {
                    _received.Advance(length);
                    await _arrived.InvokeAsync();
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // However it ends: it has ended.
            }

            await _ended.InvokeAsync();
        }

        Abort();
        await _backlog.Completion;
        await _stream.DisposeAsync();
    }

    /// <summary>Something justifies this connection: it may send longer frames, more at once, and read more slowly. On the loop's thread.</summary>
    public void Trust()
    {
        _received.Grow();
        _backlog.Limit(data: _backlogBytes, responses: 2L * _backlogBytes);
    }

    /// <summary>Nothing justifies it any more. False: more waits already than such a connection may have. On the loop's thread.</summary>
    public bool TryDistrust()
    {
        _backlog.Limit(StreamBacklog.UntrustedLimit, StreamBacklog.UntrustedLimit);
        return _backlog.Waiting <= StreamBacklog.UntrustedLimit;
    }

    /// <summary>Sends one frame, or drops it: false when the client reads too slowly. On the loop's thread.</summary>
    /// <param name="frame">Copied.</param>
    /// <param name="isResponse">Never dropped; a client that does not even read those loses its connection.</param>
    public bool TrySend(ReadOnlySpan<byte> frame, bool isResponse)
    {
        BacklogResult result = _backlog.Add(frame, isResponse);
        if (result == BacklogResult.Exceeded)
        {
            // The owner hears of it when the reader has ended: it is busy sending just now.
            _reason = "it reads too slowly";
            Abort();
        }

        return result == BacklogResult.Taken;
    }

    /// <summary>Ends the connection after what was sent, without a word to the owner. On the loop's thread.</summary>
    public void Close()
    {
        _isOpen = false;
        if (_backlog.Waiting == 0)
        {
            Abort();
            return;
        }

        _backlog.AbortWhenEmpty();
        _ending.CancelAfter(FlushTime);
    }

    /// <summary>Ends the connection now, and tells the owner why. On the loop's thread.</summary>
    public void End(Instant now, string reason)
    {
        if (_isOpen)
        {
            _isOpen = false;
            _owner.HandleEnded(now, this, reason);
        }

        Abort();
    }

    private void HandleOpened(Instant now)
    {
        _isOpen = true;
        _owner.HandleOpened(now, this);
    }

    private void HandleArrived(Instant now)
    {
        // The owner may close the connection at any frame.
        while (_isOpen)
        {
            switch (_received.Next(out ReadOnlySpan<byte> frame))
            {
                case NextFrame.Whole:
                    _owner.HandleFrame(now, this, frame);
                    break;
                case NextFrame.Skipped:
                    _owner.HandleTooLong(this);
                    break;
                case NextFrame.Refused:
                    End(now, "a frame is too long for somebody unknown");
                    break;
                case NextFrame.Lost:
                    End(now, "it sends neither STUN nor ChannelData");
                    break;
                default:
                    return;
            }
        }
    }

    private void HandleEnded(Instant now) => End(now, _reason);

    private void Abort() => _ending.Cancel();
}
