using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Server.Rooms;

/// <summary>
/// What all rooms of a server keep together: the order in which people arrive, how many there are and from where they wait, and who is to
/// hear that a seat has ended.
/// </summary>
internal sealed class RoomRegister(TimeProvider time)
{
    /// <summary>For how long those are awaited who may know of a later state, after the start of the server and after the return of a room.</summary>
    public static readonly TimeSpan RestoreTime = TimeSpan.FromMinutes(5);

    // In the low bits of a life something random, so that no two are the same whatever a clock does.
    private const int LifeShift = 16;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private long _lastOrder;
    private int _seats;
    private int _away;
    private Action<ParticipantId>? _seatEnded;
    private Action<RoomEvent>? _happened;

    /// <summary>From where people wait, for all rooms.</summary>
    public WaitingPlaces WaitingPlaces { get; } = new();

    /// <summary>What strangers cannot foresee, and is the same for as long as the server runs.</summary>
    public UInt128 Secret { get; init; } = BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));

    public int SeatCount => Volatile.Read(ref _seats);

    /// <summary>How many of the seats are held without a connection.</summary>
    public int AwayCount => Volatile.Read(ref _away);

    /// <summary>
    /// The place of somebody who comes now: larger than every one given or seen before. It begins with the time in milliseconds, so
    /// after a restart a newcomer still comes after those who return.
    /// </summary>
    public long NextOrder()
    {
        while (true)
        {
            var last = Volatile.Read(ref _lastOrder);
            var next = Math.Max(last + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            if (Interlocked.CompareExchange(ref _lastOrder, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>Takes note of a place that was given before a restart.</summary>
    public void SeeOrder(long order)
    {
        var last = Volatile.Read(ref _lastOrder);
        while (order > last)
        {
            var before = Interlocked.CompareExchange(ref _lastOrder, order, last);
            if (before == last)
            {
                return;
            }

            last = before;
        }
    }

    /// <summary>The number of a room's life that begins now.</summary>
    public long NextLife() =>
        (time.GetUtcNow().ToUnixTimeMilliseconds() << LifeShift) | (long)RandomNumberGenerator.GetInt32(1 << LifeShift);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether those are awaited who know of the time before.</summary>
    /// <param name="since">When the server has started, or the room has come back.</param>
    public bool IsRestoring(DateTimeOffset since) => Now - since < RestoreTime;

    /// <summary>Whether a life was ended by the restart of the server, just now.</summary>
    public bool WasCutOff(long life) => life >> LifeShift < _startedAt.ToUnixTimeMilliseconds() && IsRestoring(_startedAt);

    /// <inheritdoc cref="RoomDirectory.WhenSeatEnds" />
    public void WhenSeatEnds(Action<ParticipantId> tell) => _seatEnded += tell;

    /// <summary>Counts one change of one seat.</summary>
    /// <param name="before">What the seat was; null: it is new.</param>
    /// <param name="after">What it is.</param>
    public void Count(Presence? before, Presence after)
    {
        Interlocked.Add(ref _seats, (after is Ended ? 0 : 1) - (before is null or Ended ? 0 : 1));
        Interlocked.Add(ref _away, (after is Absence ? 1 : 0) - (before is Absence ? 1 : 0));
    }

    /// <summary>Tells that a seat has ended.</summary>
    public void TellOfEnd(ParticipantId seat) => _seatEnded?.Invoke(seat);

    /// <inheritdoc cref="RoomDirectory.WhenSomethingHappens" />
    public void WhenSomethingHappens(Action<RoomEvent> tell) => _happened += tell;

    public void Tell(RoomEvent happened) => _happened?.Invoke(happened);
}
