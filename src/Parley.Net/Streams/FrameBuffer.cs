using Parley.Stun.Messages;

namespace Parley.Net.Streams;

/// <summary>What a connection has sent and nobody has handled yet, cut into frames.</summary>
/// <param name="oldChannels">Those of RFC 5766 are expected too.</param>
internal sealed class FrameBuffer(bool oldChannels)
{
    /// <summary>For somebody who has proved nothing: enough for every request there is.</summary>
    public const int UntrustedLength = 2 * 1024;

    /// <summary>For everybody else: several frames at a read.</summary>
    public const int TrustedLength = 16 * 1024;

    private byte[] _bytes = new byte[UntrustedLength];
    private int _start;
    private int _end;
    private int _toSkip;

    /// <summary>Where the next bytes go; never empty after <see cref="Next"/> has answered <see cref="NextFrame.None"/>.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    /// <summary>So many bytes were put into <see cref="Free"/>.</summary>
    public void Advance(int length) => _end += length;

    /// <summary>Longer frames are welcome from now on.</summary>
    public void Grow()
    {
        if (_bytes.Length < TrustedLength)
        {
            byte[] larger = new byte[TrustedLength];
            _bytes.AsSpan(0, _end).CopyTo(larger);
            _bytes = larger;
        }
    }

    /// <summary>The next frame; valid until the buffer is used again.</summary>
    public NextFrame Next(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (_toSkip > 0)
        {
            int skipped = Math.Min(_toSkip, _end - _start);
            _toSkip -= skipped;
            _start += skipped;
        }

        switch (StreamFraming.Look(_bytes.AsSpan(_start, _end - _start), out int length, oldChannels))
        {
            case FrameKind.Desynchronized:
                return NextFrame.Lost;
            case FrameKind.Incomplete when length > _bytes.Length && _bytes.Length < TrustedLength:
                return NextFrame.Refused;
            case FrameKind.Incomplete when length > _bytes.Length:
                _toSkip = length;
                return NextFrame.Skipped;
            case FrameKind.Incomplete:
                Compact();
                return NextFrame.None;
            default:
                frame = _bytes.AsSpan(_start, length);
                _start += length;
                return NextFrame.Whole;
        }
    }

    private void Compact()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }
    }
}

/// <summary>What stands next in a <see cref="FrameBuffer"/>.</summary>
internal enum NextFrame
{
    /// <summary>No whole frame.</summary>
    None,

    /// <summary>A whole one.</summary>
    Whole,

    /// <summary>One that is longer than the buffer: it will be passed over.</summary>
    Skipped,

    /// <summary>One that is longer than somebody unknown may send.</summary>
    Refused,

    /// <summary>No frame: where the next one begins cannot be known.</summary>
    Lost,
}
