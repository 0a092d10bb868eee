using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

/// <summary>One room with a clock of its own, and the way into it.</summary>
internal sealed class RoomDoor
{
    public RoomDoor(int capacity = 8)
    {
        Register = new(Time);
        Room = new("room", new RoomOptions { Capacity = capacity, GraceSeconds = 30 }, Register, Time, _ => RoomsEnded++);
    }

    public ManualTime Time { get; } = new();

    public RoomRegister Register { get; }

    public Room Room { get; }

    public int RoomsEnded { get; private set; }

    public Guest Enter(string name, long incarnation = 1, SeatClaim? claim = null, Action<IReadOnlyList<Participant>>? onAdmitted = null)
    {
        Admit(new(name, incarnation, default, claim), out var guest, onAdmitted).ShouldBeOneOf(Admission.Admitted, Admission.Returned);
        return guest.ShouldNotBeNull();
    }

    public Admission Admit(Arrival arrival) => Admit(arrival, out _);

    public Admission Admit(Arrival arrival, out Guest? guest, Action<IReadOnlyList<Participant>>? onAdmitted = null)
    {
        Guest? admitted = null;
        var hears = new RecordingConnection();
        var admission = Room.Admit(arrival, hears, (tenure, others) =>
        {
            admitted = new(tenure, hears, others);
            onAdmitted?.Invoke(others);
        });
        guest = admitted;
        (guest is not null).ShouldBe(admission is Admission.Admitted or Admission.Returned);
        return admission;
    }

    /// <summary>Whatever a tenure does after its end has no effect and says so.</summary>
    public void ShouldBeOver(Tenure tenure, Seat other)
    {
        var relayed = new RoomMessage.Left(tenure.Seat.Id, LeaveReason.Left);
        Room.Holds(tenure).ShouldBeFalse();
        Room.SetMedia(tenure, new(true, true, true)).ShouldBeFalse();
        Room.Relay(tenure, other.Id, new(tenure.Seat.Participant.Incarnation, other.Participant.Incarnation), relayed).ShouldBe(Relay.NotSeated);
        Room.Leave(tenure).ShouldBeFalse();
        Room.Disconnect(tenure).ShouldBeFalse();
    }
}

/// <summary>One connection in a seat.</summary>
/// <param name="Tenure">Its time there.</param>
/// <param name="Hears">What it is told.</param>
/// <param name="Found">Who was there when it came.</param>
internal sealed record Guest(Tenure Tenure, RecordingConnection Hears, IReadOnlyList<Participant> Found)
{
    public Seat Seat => Tenure.Seat;

    public Participant Participant => Seat.Participant;
}
