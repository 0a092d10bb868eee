using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// What is to be sent, until the driver has fetched it. One buffer holds all payloads and is used again and again, so that a relayed
/// packet leaves nothing for the garbage collector.
/// </summary>
internal sealed class Outbox
{
    /// <summary>A driver that drains after every call, as it is told to, never comes near.</summary>
    private const int MaxBytes = 1 << 20;

    private byte[] _bytes = new byte[4096];
    private Entry[] _entries = new Entry[8];
    private int _written;
    private int _count;
    private int _next;

    /// <summary>Space for a payload, which one of the other methods then sends; empty when too much waits already.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_next == _count)
        {
            (_written, _count, _next) = (0, 0, 0);
        }

        if (length > MaxBytes - _written)
        {
            return default;
        }

        if (length > _bytes.Length - _written)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _written + length));
        }

        return _bytes.AsSpan(_written, length);
    }

    /// <summary>Sends the first <paramref name="length"/> bytes of what was reserved last to a client.</summary>
    public void ToClient(in FiveTuple client, int length, bool isResponse) =>
        Append(new Entry(client, default, default, _written, length, isResponse));

    /// <summary>Sends the first <paramref name="length"/> bytes of what was reserved last to a peer.</summary>
    public void ToPeer(RelayId relay, in TransportAddress peer, int length) =>
        Append(new Entry(default, relay, peer, _written, length, IsResponse: false));

    /// <summary>The payload that was sent last.</summary>
    public ReadOnlySpan<byte> Last => _bytes.AsSpan(_entries[_count - 1].Offset, _entries[_count - 1].Length);

    public bool TryPoll(out TurnTransmit transmit)
    {
        if (_next == _count)
        {
            transmit = default;
            return false;
        }

        ref readonly Entry entry = ref _entries[_next++];
        ReadOnlySpan<byte> payload = _bytes.AsSpan(entry.Offset, entry.Length);
        transmit = entry.Relay == default
            ? TurnTransmit.ToClient(entry.Client, payload, entry.IsResponse)
            : TurnTransmit.ToPeer(entry.Relay, entry.Peer, payload);
        return true;
    }

    private void Append(in Entry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count++] = entry;
        _written += entry.Length;
    }

    private readonly record struct Entry(FiveTuple Client, RelayId Relay, TransportAddress Peer, int Offset, int Length, bool IsResponse);
}
