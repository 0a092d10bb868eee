using Parley.Core.Time;
using Parley.Net.Loops;

namespace Parley.Net.Streams;

/// <summary>
/// What a connection is to be sent: filled on the loop's thread while the pool writes what was there before. Bounded, because a reader may
/// be slow on purpose.
/// </summary>
/// <param name="loop">Whose thread fills it.</param>
/// <param name="stream">Where it goes.</param>
/// <param name="failed">The stream takes no more.</param>
/// <param name="ending">Ends a write that does not come to an end.</param>
internal sealed class StreamBacklog(EventLoop loop, Stream stream, Action failed, CancellationToken ending) : LoopWork, IThreadPoolWorkItem
{
    /// <summary>For somebody who relays nothing: some dozens of answers, which nobody asks for without reading them.</summary>
    public const int UntrustedLimit = 4 * 1024;

    private const int FirstLength = 2 * 1024;
    private const int Writing = 1;
    private const int Closed = 2;

    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _filling = [];
    private byte[] _writing = [];
    private int _dataLimit = UntrustedLimit;
    private long _responseLimit = UntrustedLimit;
    private int _filled;
    private int _written;
    private bool _abortWhenEmpty;
    private int _isWriting;

    /// <summary>Bytes that wait to be taken.</summary>
    public int Waiting => _filled + _written;

    /// <summary>For tests: the memory that it holds, in bytes.</summary>
    public int Capacity => _filling.Length + _writing.Length;

    /// <summary>No write is under way. To be asked after the end, when none begins any more.</summary>
    public Task Completion
    {
        get
        {
            // Closed for the writer first; whoever is writing completes the task.
            if (Interlocked.Or(ref _isWriting, Closed) is 0)
            {
                _completed.TrySetResult();
            }

            return _completed.Task;
        }
    }

    /// <summary>How much may wait from now on; what waits already may go on.</summary>
    /// <param name="data">Data beyond so many bytes is dropped.</param>
    /// <param name="responses">Responses beyond so many bytes end the connection.</param>
    public void Limit(int data, long responses)
    {
        _dataLimit = data;
        _responseLimit = responses;
        Trim();
    }

    public BacklogResult Add(ReadOnlySpan<byte> bytes, bool mustNotBeLost)
    {
        if (bytes.Length > (mustNotBeLost ? _responseLimit : _dataLimit) - Waiting)
        {
            return mustNotBeLost ? BacklogResult.Exceeded : BacklogResult.Dropped;
        }

        if (_filled + bytes.Length > _filling.Length)
        {
            Array.Resize(ref _filling, Math.Max(FirstLength, Math.Max(2 * _filling.Length, _filled + bytes.Length)));
        }

        bytes.CopyTo(_filling.AsSpan(_filled));
        _filled += bytes.Length;
        if (_written == 0)
        {
            BeginWrite();
        }

        return BacklogResult.Taken;
    }

    public void AbortWhenEmpty() => _abortWhenEmpty = true;

    /// <summary>A write is over.</summary>
    internal override void Run(Instant now)
    {
        _written = 0;
        if (_filled > 0)
        {
            BeginWrite();
        }
        else if (_abortWhenEmpty)
        {
            failed();
        }
        else
        {
            Trim();
        }
    }

    /// <summary>Gives back what was needed under a higher limit.</summary>
    private void Trim()
    {
        if (Waiting == 0 && Math.Max(_filling.Length, _writing.Length) > Math.Max(FirstLength, _responseLimit))
        {
            (_filling, _writing) = ([], []);
        }
    }

    private void BeginWrite()
    {
        (_filling, _writing) = (_writing, _filling);
        (_filled, _written) = (0, _filled);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    private async Task WriteAsync()
    {
        if (Interlocked.Or(ref _isWriting, Writing) != 0)
        {
            return;
        }

        bool succeeded = false;
        try
        {
            await stream.WriteAsync(_writing.AsMemory(0, _written), ending);
            succeeded = true;
        }
        catch (Exception)
        {
            // Whatever a stream throws (handed over by others, it may be any): it takes no more.
            failed();
        }

        if ((Interlocked.And(ref _isWriting, ~Writing) & Closed) != 0)
        {
            _completed.TrySetResult();
        }
        else if (succeeded)
        {
            loop.Post(this);
        }
    }
}

/// <summary>What became of bytes for a <see cref="StreamBacklog"/>.</summary>
internal enum BacklogResult
{
    /// <summary>They will be sent.</summary>
    Taken,

    /// <summary>There was no room; they may be lost.</summary>
    Dropped,

    /// <summary>There was no room; they may not be lost.</summary>
    Exceeded,
}
