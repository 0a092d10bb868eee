using Parley.Stun.Messages;

namespace Parley.Testing.Turn;

/// <summary>Puts the pieces of a stream together again: STUN messages and ChannelData.</summary>
internal sealed class FrameReader
{
    private byte[] _unread = [];

    /// <summary>Nobody knows where the next frame begins.</summary>
    public bool IsDesynchronized { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes) => _unread = [.. _unread, .. bytes];

    public bool TryTake(out byte[] frame)
    {
        frame = [];
        FrameKind kind = StreamFraming.Look(_unread, out int length);
        IsDesynchronized = kind == FrameKind.Desynchronized;
        if (kind is not (FrameKind.Stun or FrameKind.ChannelData))
        {
            return false;
        }

        frame = _unread[..length];
        _unread = _unread[length..];
        return true;
    }
}
