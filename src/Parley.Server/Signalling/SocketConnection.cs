using System.Diagnostics;
using Parley.Server.Rooms;
using Parley.Server.Turn;
using Parley.SocketIO;

namespace Parley.Server.Signalling;

/// <summary>
/// Carries a room's messages to the participant's Socket.IO socket, and knows what they have made of it: somebody who waits, or who has a
/// seat.
/// </summary>
internal sealed class SocketConnection(Socket socket, PageAddress page, SignallingServices services) : IParticipantConnection
{
    // Of the join that has had no answer yet. Only ever touched under the lock of the one room that is asked, and before.
    private SocketEvent? _join;

    // Written under a room's lock, on the thread of whoever lets somebody in.
    private volatile Tenure? _tenure;
    private volatile Waiter? _waiter;

    /// <summary>The time in a seat, if there was one; the room knows whether it is over.</summary>
    public Tenure? Tenure => _tenure;

    /// <summary>The last waiting, if there was one; the room knows whether it is over.</summary>
    public Waiter? Waiter => _waiter;

    /// <summary>It has a seat, or waits for one.</summary>
    /// <remarks>In this order: who does not wait any more may have been let in just now.</remarks>
    public bool IsInRoom =>
        (_waiter is { } waiter && waiter.Room.IsWaiting(waiter)) || (_tenure is { } tenure && tenure.Seat.Room.Holds(tenure));

    /// <summary>A join is about to be judged: its answer is its acknowledgement.</summary>
    public void Begin(SocketEvent join) => (_join, _tenure, _waiter) = (join, null, null);

    /// <summary>Refuses the join that has begun, or who has waited.</summary>
    public void Refuse(string reason, string message)
    {
        services.Metrics.Joined(reason);
        services.Logger.JoinRefused(reason);
        Answer(new JoinAnswer.Refused(reason, message));
    }

    /// <summary>Only queues; a socket that reads too slowly is closed by its own bound, and its seat is then away.</summary>
    public void Send(RoomMessage message)
    {
        switch (message)
        {
            case RoomMessage.Admitted admitted:
                _tenure = admitted.Tenure;
                Answer(AnswerOf(admitted));
                return;
            case RoomMessage.Waits waits:
                _waiter = waits.Waiter;
                Answer(new JoinAnswer.Waiting(waits.Waiter.Room.Name, waits.Waiter.Arrival.Name));
                return;
            case RoomMessage.Refused refused:
                var (reason, text) = Refusals.Of(refused.Reason);
                Refuse(reason, text);
                return;
        }

        _ = message switch
        {
            RoomMessage.Welcome welcome => socket.Emit("welcome", welcome),
            RoomMessage.Away away => socket.Emit("away", away),
            RoomMessage.Displaced displaced => socket.Emit("displaced", displaced),
            RoomMessage.Offer offer => socket.Emit("offer", offer),
            RoomMessage.Answer answer => socket.Emit("answer", answer),
            RoomMessage.Candidate candidate => socket.Emit("candidate", candidate),
            RoomMessage.Media media => socket.Emit("media", media),
            RoomMessage.Left left => socket.Emit("left", left),
            RoomMessage.DoorsChanged doors => socket.Emit("doors", doors),
            RoomMessage.RoleChanged role => socket.Emit("role", role),
            RoomMessage.Hand hand => socket.Emit("hand", hand),
            RoomMessage.Waiting waiting => socket.Emit("waiting", waiting),
            RoomMessage.SeatToken seat => socket.Emit("seat", new SeatEvent(services.SeatTokens.Issue(_tenure!.Seat.Room.Name, seat.Claim))),
            RoomMessage.MuteAsked asked => socket.Emit("muteAsked", asked),
            RoomMessage.Removed removed => socket.Emit("removed", removed),
            RoomMessage.Ended ended => socket.Emit("ended", ended),
            _ => throw new UnreachableException(),
        };
        if (message is RoomMessage.Displaced)
        {
            // What waits still goes out. The end is reported later and on another thread, so nothing comes back into the room from here.
            socket.Disconnect(closeConnection: true);
        }
    }

    private JoinAnswer.Admitted AnswerOf(RoomMessage.Admitted admitted)
    {
        var seat = admitted.Tenure.Seat;
        return new(
            seat.Room.Name,
            seat.Participant,
            services.SeatTokens.Issue(seat.Room.Name, seat.Claim),
            (long)services.Rooms.Options.Grace.TotalMilliseconds,
            admitted.Others,
            services.Rooms.Options.Capacity,
            services.IceServers.Admit(seat.Id, page),
            admitted.Doors,
            admitted.Line);
    }

    // The first answer is the join's acknowledgement; another one comes to who has waited.
    private void Answer(JoinAnswer answer)
    {
        if (Interlocked.Exchange(ref _join, null) is not { } join)
        {
            if (answer is JoinAnswer.Admitted)
            {
                services.Metrics.Joined("admitted");
                services.Logger.ParticipantAdmitted(_tenure!.Seat.Id);
            }

            socket.Emit("door", answer);
        }
        else if (join.HasAck)
        {
            join.Ack(answer);
        }
    }
}
