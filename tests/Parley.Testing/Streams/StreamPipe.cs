using Parley.Core.Time;

namespace Parley.Testing.Streams;

/// <summary>
/// One direction of a connection. Loss costs time instead of bytes; while a link is cut everything waits, and what has waited too long
/// breaks the connection.
/// </summary>
internal sealed class StreamPipe(StreamPath path, VirtualStream sender, VirtualStream receiver)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VirtualWorld _world = sender.Host.World;
    private readonly Queue<Segment> _waiting = new();
    private readonly List<byte> _arrived = [];
    private Instant _lastArrival;
    private bool _isOpen;
    private bool _retries;

    /// <summary>From now on what was written is sent.</summary>
    public void Open()
    {
        _isOpen = true;
        Pump();
    }

    public void Write(byte[] bytes)
    {
        TimelineEntry entry = TimelineEntry.Packet(_world.Now, sender.Host.Name, $"{sender.Host.NameOf(sender.Remote)} {sender.Protocol}", bytes);
        _waiting.Enqueue(new Segment(_world.Now, bytes, _world.Timeline.Add(entry)));
        Pump();
    }

    /// <summary>Nothing comes after what was written so far.</summary>
    public void WriteEnd()
    {
        TimelineEntry entry = _world.Timeline.Add(TimelineEntry.Note(_world.Now, sender.Host.Name, $"closes its connection to {sender.Host.NameOf(sender.Remote)}"));
        _waiting.Enqueue(new Segment(_world.Now, null, entry));
        Pump();
    }

    private void Pump()
    {
        while (_isOpen && !_retries && _waiting.TryPeek(out Segment? segment))
        {
            if (path.IsCut)
            {
                Wait(segment);
                return;
            }

            _waiting.Dequeue();
            Instant arrival = _world.Now + path.DrawDelay();
            _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
            _world.After(_lastArrival - _world.Now, () => Arrive(segment));
        }
    }

    private void Wait(Segment segment)
    {
        if (_world.Now - segment.Written > Patience)
        {
            segment.Entry.Fate = "connection broken";
            _waiting.Clear();
            sender.End();
            // Nobody can tell the other end either: it learns it when it sends something itself.
            return;
        }

        _retries = true;
        _world.After(RetryInterval, () =>
        {
            _retries = false;
            Pump();
        });
    }

    private void Arrive(Segment segment)
    {
        if (receiver.HasEnded)
        {
            segment.Entry.Fate = "nobody there";
            sender.End();
            return;
        }

        segment.Entry.Fate = $"{(_world.Now - segment.Written).TotalMilliseconds:F0} ms";
        if (segment.Bytes is null)
        {
            Deliver(_arrived.Count);
            receiver.End();
            return;
        }

        _arrived.AddRange(segment.Bytes);
        // Readers must not take pieces for messages, so a part of it comes a little later, with what has come meanwhile.
        bool parted = _world.NetworkRandom.Chance(0.25);
        Deliver(parted ? _world.NetworkRandom.Between(0, _arrived.Count) : _arrived.Count);
        if (_arrived.Count > 0)
        {
            _world.After(TimeSpan.FromMilliseconds(1), () => Deliver(_arrived.Count));
        }
    }

    private void Deliver(int count)
    {
        if (count == 0 || receiver.HasEnded)
        {
            return;
        }

        byte[] piece = [.. _arrived[..count]];
        _arrived.RemoveRange(0, count);
        receiver.Deliver(piece);
    }

    /// <summary>What was written at once.</summary>
    /// <param name="Written">When.</param>
    /// <param name="Bytes">Null: the end.</param>
    /// <param name="Entry">Whose fate is told.</param>
    private sealed record Segment(Instant Written, byte[]? Bytes, TimelineEntry Entry);
}
