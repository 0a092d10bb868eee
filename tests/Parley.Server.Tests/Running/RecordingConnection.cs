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

    /// <summary>What has come since this was asked the last time.</summary>
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
        lock (_lock)
        {
            _messages.Add(message);
        }
    }
}
