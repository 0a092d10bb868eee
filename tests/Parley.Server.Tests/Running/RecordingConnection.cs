using Parley.Server.Rooms;

namespace Parley.Server.Tests.Running;

/// <summary>Keeps what a room told its participant.</summary>
internal sealed class RecordingConnection : IParticipantConnection
{
    private readonly Lock _lock = new();
    private readonly List<RoomMessage> _messages = [];

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

    public void Send(RoomMessage message)
    {
        lock (_lock)
        {
            _messages.Add(message);
        }
    }
}
