using System.Net;
using Parley.Server.Limits;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

/// <summary>One room with a clock of its own, and the way into it.</summary>
internal sealed class RoomDoor
{
    private readonly RoomOptions _options;

    public RoomDoor(int capacity = 8, RoomOptions? options = null)
    {
        _options = options ?? new RoomOptions { Capacity = capacity, GraceSeconds = 30 };
        Register = NewRegister();
        Room = NewRoom();
    }

    public ManualTime Time { get; } = new();

    public RoomRegister Register { get; private set; }

    public Room Room { get; private set; }

    public int RoomsEnded { get; private set; }

    /// <summary>The server is killed and started again, a moment later.</summary>
    public void Restart()
    {
        Time.DropTimers();
        Time.Advance(TimeSpan.FromSeconds(1));
        Register = NewRegister();
        Room = NewRoom();
    }

    /// <summary>The room that begins after the last one has ended.</summary>
    public void BeginAgain() => Room = NewRoom();

    public Guest Enter(string name, long incarnation = 1, SeatClaim? claim = null, Action<IReadOnlyList<Participant>>? onAdmitted = null) =>
        Enter(new Arrival(name, incarnation, default, claim), onAdmitted);

    public Guest Enter(Arrival arrival, Action<IReadOnlyList<Participant>>? onAdmitted = null)
    {
        Admit(arrival, out var guest, onAdmitted).ShouldBeOneOf(Admission.Admitted, Admission.Returned);
        return guest.ShouldNotBeNull();
    }

    public Admission Admit(Arrival arrival) => Admit(arrival, out _);

    public Admission Admit(Arrival arrival, out Guest? guest, Action<IReadOnlyList<Participant>>? onAdmitted = null)
    {
        var hears = new RecordingConnection { WhenAdmitted = admitted => onAdmitted?.Invoke(admitted.Others) };
        var admission = Room.Admit(arrival, hears);
        guest = hears.Tenure is null ? null : new(hears);
        (guest is not null).ShouldBe(admission is Admission.Admitted or Admission.Returned);
        (hears.Waiter is not null).ShouldBe(admission is Admission.Waiting);
        return admission;
    }

    /// <summary>Comes to a room whose waiting room is on.</summary>
    public RecordingConnection Wait(string name, SeatClaim? claim = null, JoinTokenGrant? grant = null) =>
        Wait(new Arrival(name, 1, default, claim, grant));

    /// <inheritdoc cref="Wait(string, SeatClaim?, JoinTokenGrant?)" />
    public RecordingConnection Wait(Arrival arrival)
    {
        var hears = new RecordingConnection();
        Room.Admit(arrival, hears).ShouldBe(Admission.Waiting);
        return hears;
    }

    /// <summary>Somebody new from an address of its own.</summary>
    public static Arrival From(string address, string name = "Somebody") => new(name, 1, default) { Address = AddressBlock.Of(IPAddress.Parse(address)) };

    /// <summary>The same, who says a passcode.</summary>
    public static Arrival WithPasscode(int? passcode, string address = "192.0.2.1") =>
        From(address) with { Passcode = passcode is { } value ? Code(value) : null };

    public static PasscodeCode Code(int passcode) => new((UInt128)passcode);

    public static DoorChange SetPasscode(int? passcode) => new(Passcode: new(passcode is { } value ? Code(value) : null));

    /// <summary>Whatever a tenure does after its end has no effect and says so.</summary>
    public void ShouldBeOver(Tenure tenure, Seat other)
    {
        var relayed = new RoomMessage.Left(tenure.Seat.Id, LeaveReason.Left);
        Room.Holds(tenure).ShouldBeFalse();
        Room.SetMedia(tenure, new(true, true, true)).ShouldBeFalse();
        Room.SetHand(tenure, raised: true).ShouldBeFalse();
        Room.Relay(tenure, other.Id, new(tenure.Seat.Participant.Incarnation, other.Participant.Incarnation), relayed).ShouldBe(Relay.NotSeated);
        foreach (var act in HostActs(tenure, other.Id))
        {
            act(Room).ShouldBe(Outcome.NotSeated);
        }

        Room.Leave(tenure).ShouldBeFalse();
        Room.Disconnect(tenure).ShouldBeFalse();
    }

    /// <summary>All that only a host may do.</summary>
    public static IReadOnlyList<Func<Room, Outcome>> HostActs(Tenure by, ParticipantId about) =>
    [
        room => room.ChangeDoors(by, new(Locked: true, WaitingRoom: true, new(new PasscodeCode(7)))),
        room => room.LetIn(by, about),
        room => room.Deny(by, about),
        room => room.Remove(by, about),
        room => room.HandOver(by, about),
        room => room.AskToMute(by, about),
        room => room.AskToMute(by, to: null),
        room => room.LowerHand(by, about),
        room => room.End(by),
    ];

    // Who shares a place with whom is the same in every run.
    private RoomRegister NewRegister() => new(Time) { Secret = 1 };

    private Room NewRoom() => new("room", _options, Register, Time, _ => RoomsEnded++);
}

/// <summary>One connection in a seat.</summary>
/// <param name="Hears">What it is told.</param>
internal sealed record Guest(RecordingConnection Hears)
{
    /// <summary>Its time there.</summary>
    public Tenure Tenure => Hears.Tenure!;

    /// <summary>Who was there when it came.</summary>
    public IReadOnlyList<Participant> Found => Hears.Admitted!.Others;

    public Seat Seat => Tenure.Seat;

    public Participant Participant => Seat.Participant;

    public Role Role => Participant.Role;

    /// <summary>What its latest token says.</summary>
    public SeatClaim Claim => Hears.Claim;
}
