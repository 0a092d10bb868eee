using System.Diagnostics;
using Parley.Server.Rooms;
using Parley.SocketIO;

namespace Parley.Server.Signalling;

/// <summary>Carries a room's messages to the participant's Socket.IO socket.</summary>
internal sealed class SocketConnection(Socket socket) : IParticipantConnection
{
    /// <summary>Only queues; a socket that reads too slowly is closed by its own bound, and its seat is then away.</summary>
    public void Send(RoomMessage message)
    {
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
            _ => throw new UnreachableException(),
        };
        if (message is RoomMessage.Displaced)
        {
            // What waits still goes out. The end is reported later and on another thread, so nothing comes back into the room from here.
            socket.Disconnect(closeConnection: true);
        }
    }
}
