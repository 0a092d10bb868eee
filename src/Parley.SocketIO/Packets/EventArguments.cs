using System.Text.Json;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// The arguments of a received event or acknowledgement. They are valid JSON; what they mean is read when asked for. May be
/// forwarded as they are, attachments included.
/// </summary>
public sealed class EventArguments
{
    private readonly ArgumentList _list;
    private readonly ArgumentSerializer _serializer;

    internal EventArguments(ArgumentList list, IReadOnlyList<ReadOnlyMemory<byte>> attachments, ArgumentSerializer serializer)
    {
        (_list, _serializer) = (list, serializer);
        Attachments = attachments;
    }

    /// <summary>Number of arguments.</summary>
    public int Count => _list.Count;

    /// <summary>The packet's binary attachments, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; }

    /// <summary>The UTF-8 JSON of one argument, attachments standing as placeholders.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no argument with this index.</exception>
    public ReadOnlyMemory<byte> GetRawJson(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _list[index];
    }

    /// <summary>One argument as a JSON element, attachments standing as placeholders.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no argument with this index.</exception>
    public JsonElement GetElement(int index) => _serializer.ReadElement(GetRawJson(index));

    /// <summary>One argument as a <typeparamref name="T"/>; the type's default when the client sent fewer arguments.</summary>
    /// <exception cref="JsonException">The argument is not a <typeparamref name="T"/>.</exception>
    public T? Get<T>(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return index < Count ? _serializer.Read<T>(_list[index].Span, Attachments) : default;
    }

    /// <summary>Like <see cref="Get{T}(int)"/>; false when the argument is missing or not a <typeparamref name="T"/>.</summary>
    public bool TryGet<T>(int index, out T? value)
    {
        value = default;
        if (index < 0 || index >= Count)
        {
            return false;
        }

        try
        {
            value = _serializer.Read<T>(_list[index].Span, Attachments);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
