using System.Text;

namespace Parley.SocketLoad;

/// <summary>A text message that is made once and differs from one time to the next only in numbers.</summary>
internal sealed class Message
{
    private const string Mark = "NNNNNNN";

    private readonly byte[] _text;
    private readonly byte[] _frame;
    private readonly int[] _positions;

    /// <summary>Made once.</summary>
    /// <param name="text">With <c>NNNNNNN</c> wherever the number stands.</param>
    public Message(string text)
    {
        _text = Encoding.ASCII.GetBytes(text);
        _frame = Frame.Of(Frame.Text, _text);
        var positions = new List<int>();
        for (var i = text.IndexOf(Mark, StringComparison.Ordinal); i >= 0; i = text.IndexOf(Mark, i + 1, StringComparison.Ordinal))
        {
            positions.Add(i);
        }

        _positions = [.. positions];
    }

    /// <summary>The frame that says it, valid until the next call.</summary>
    public ReadOnlySpan<byte> FrameFor(int number)
    {
        foreach (var position in _positions)
        {
            Frame.WriteNumber(_frame, _frame.Length - _text.Length, position, number);
        }

        return _frame;
    }

    /// <summary>Whether this is what was said.</summary>
    public bool Is(ReadOnlySpan<byte> said, int number)
    {
        foreach (var position in _positions)
        {
            Numbers.Write(_text.AsSpan(position), number);
        }

        return said.SequenceEqual(_text);
    }
}
