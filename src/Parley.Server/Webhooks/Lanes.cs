namespace Parley.Server.Webhooks;

/// <summary>
/// What waits to be sent to one receiver: a lane for each room, whose events go out one after another, while a lane that is held up holds up
/// no other. Bounded in all; what comes when it is full is dropped, so that what was taken is told without gaps up to there.
/// </summary>
/// <param name="capacity">The most events that wait.</param>
internal sealed class Lanes(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<WebhookMessage>> _lanes = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many events wait, those that are being sent included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Puts an event at the end of its lane.</summary>
    /// <param name="message">The event.</param>
    /// <param name="first">It is the first there: the lane can begin.</param>
    /// <returns>False when everything is full.</returns>
    public bool TryAdd(WebhookMessage message, out bool first)
    {
        lock (_lock)
        {
            first = false;
            if (_count >= capacity)
            {
                return false;
            }

            if (!_lanes.TryGetValue(message.Happened.Room, out var lane))
            {
                lane = [];
                _lanes.Add(message.Happened.Room, lane);
                first = true;
            }

            lane.Enqueue(message);
            _count++;
            return true;
        }
    }

    /// <summary>The event that is to be sent now in a lane that has begun.</summary>
    public WebhookMessage Head(string room)
    {
        lock (_lock)
        {
            return _lanes[room].Peek();
        }
    }

    /// <summary>The first event of a lane is done with.</summary>
    /// <returns>Whether there is another one.</returns>
    public bool Advance(string room)
    {
        lock (_lock)
        {
            var lane = _lanes[room];
            lane.Dequeue();
            _count--;
            if (lane.Count > 0)
            {
                return true;
            }

            _lanes.Remove(room);
            return false;
        }
    }
}
