using System.Globalization;
using System.Security.Cryptography;

namespace Parley.SocketIO.Adapters.Recovery;

/// <summary>
/// The latest events of a namespace, numbered in the order in which they were sent. Bounded in number, bytes and age; the oldest go
/// first.
/// </summary>
/// <remarks>Not thread-safe: <see cref="SessionRecovery"/> guards it.</remarks>
internal sealed class PacketLog(int maxPackets, int maxBytes, TimeSpan retention, TimeProvider time)
{
    // What an entry costs beside its bytes, roughly: small events must not be free.
    private const int EntryBytes = 128;
    private const int SmallestRing = 16;

    // Tells the offsets of one log from those of another, which a client may still hold: of an earlier run of the server, say.
    private readonly string _prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) + "-";
    private Entry[] _ring = new Entry[SmallestRing];
    private int _head;

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>What those cost.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many there is room for before more has to be made.</summary>
    public int Capacity => _ring.Length;

    /// <summary>The number of the latest event; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The number of the event after which everything is still here.</summary>
    private long Evicted => Last - Count;

    /// <summary>The offset as clients hold it: an event and all before it have been sent.</summary>
    public string OffsetOf(long number) => _prefix + number.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Reads an offset. False when it is none of this log's.</summary>
    public bool TryRead(string? offset, out long number)
    {
        number = 0;
        return offset is not null
            && offset.StartsWith(_prefix, StringComparison.Ordinal)
            && long.TryParse(offset.AsSpan(_prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && number >= 0
            && number <= Last;
    }

    /// <summary>Keeps an event, under the number after the latest.</summary>
    public void Append(EncodedPacket packet, BroadcastTargets targets)
    {
        if (Count == _ring.Length)
        {
            Resize(_ring.Length * 2);
        }

        // Held with it: what clients of Socket.IO 2 get, who are not sent offsets.
        var size = EntryBytes + packet.Message.Length + (packet.Revision4?.Message.Length ?? 0);
        for (var i = 0; i < packet.Attachments.Count; i++)
        {
            size += packet.Attachments[i].Length;
        }

        _ring[(_head + Count) % _ring.Length] = new Entry(packet, targets, time.GetTimestamp(), size);
        (Count, Last) = (Count + 1, Last + 1);
        Bytes += size;
        while (Count > maxPackets || Bytes > maxBytes)
        {
            RemoveFirst();
        }

        RemoveExpired();
    }

    public void RemoveExpired()
    {
        while (Count > 0 && time.GetElapsedTime(_ring[_head].At) > retention)
        {
            RemoveFirst();
        }
    }

    /// <summary>Forgets the oldest events, until so many bytes are free or nothing is left.</summary>
    public void Remove(long bytes)
    {
        var goal = Bytes - bytes;
        while (Count > 0 && Bytes > goal)
        {
            RemoveFirst();
        }
    }

    /// <summary>Forgets all events; their numbers stay used.</summary>
    public void Clear()
    {
        (_ring, _head, Bytes, Count) = (new Entry[SmallestRing], 0, 0, 0);
    }

    /// <summary>Whether everything that was sent after an event is still here.</summary>
    public bool HasAllAfter(long number) => number >= Evicted;

    /// <summary>What was sent after an event, in order; <see cref="HasAllAfter"/> says whether that is all.</summary>
    public IEnumerable<(long Number, EncodedPacket Packet, BroadcastTargets Targets)> After(long number)
    {
        for (var i = (int)Math.Max(0, number - Evicted); i < Count; i++)
        {
            var entry = _ring[(_head + i) % _ring.Length];
            yield return (Evicted + 1 + i, entry.Packet, entry.Targets);
        }
    }

    private void RemoveFirst()
    {
        Bytes -= _ring[_head].Size;
        _ring[_head] = default;
        _head = (_head + 1) % _ring.Length;
        Count--;

        // One busy minute must not cost its room for as long as somebody stays.
        if (_ring.Length > SmallestRing && Count < _ring.Length / 4)
        {
            Resize(_ring.Length / 2);
        }
    }

    private void Resize(int length)
    {
        var ring = new Entry[length];
        for (var i = 0; i < Count; i++)
        {
            ring[i] = _ring[(_head + i) % _ring.Length];
        }

        (_ring, _head) = (ring, 0);
    }

    private readonly record struct Entry(EncodedPacket Packet, BroadcastTargets Targets, long At, int Size);
}
