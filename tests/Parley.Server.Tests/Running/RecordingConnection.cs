using Parley.Server.Rooms;

namespace Parley.Server.Tests.Running;

/// <summary>Keeps what a room told its participant.</summary>
internal sealed class RecordingConnection : IParticipantConnection
{
    private readonly Lock _lock = new();
    private readonly List<RoomMessage> _messages = [];
    private volatile RoomMessage.Admitted? _admitted;
    private volatile RoomMessage.Waits? _waits;
    private volatile SeatClaim? _claim;

    /// <summary>Called with the admission, under the room's lock.</summary>
    public Action<RoomMessage.Admitted>? WhenAdmitted { get; init; }

    public RoomMessage.Admitted? Admitted => _admitted;

    public Tenure? Tenure => Admitted?.Tenure;

    public Waiter? Waiter => _waits?.Waiter;

    /// <summary>What its latest token says.</summary>
    public SeatClaim Claim => _claim.ShouldNotBeNull();

    /// <summary>What has come, besides the admission and tokens.</summary>
    public IReadOnlyList<RoomMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>The same since this was asked the last time.</summary>
    public IReadOnlyList<RoomMessage> TakeMessages()
    {
        lock (_lock)
        {
            RoomMessage[] taken = [.. _messages];
            _messages.Clear();
            return taken;
        }
    }

    public void Send(RoomMessage message)
    {
        switch (message)
        {
            case RoomMessage.Admitted admitted:
                _admitted = admitted;
                _claim = admitted.Tenure.Seat.Claim;
                WhenAdmitted?.Invoke(admitted);
                break;
            case RoomMessage.Waits waits:
                _waits = waits;
                break;
            case RoomMessage.SeatToken token:
                _claim = token.Claim;
                break;
            default:
                lock (_lock)
                {
                    _messages.Add(message);
                }

                break;
        }
    }
}
