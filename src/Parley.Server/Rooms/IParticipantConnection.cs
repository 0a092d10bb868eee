namespace Parley.Server.Rooms;

/// <summary>The way from a room to one participant, or to somebody at its door: a seam between rooms and whatever carries their messages.</summary>
internal interface IParticipantConnection
{
    /// <summary>
    /// Queues a message. Called under the room's lock, so that everyone hears of things in one order: it must neither block nor call
    /// back into the room. After <see cref="RoomMessage.Displaced"/> nothing more comes, and the connection closes itself.
    /// </summary>
    void Send(RoomMessage message);
}
