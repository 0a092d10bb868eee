namespace Parley.SocketIO;

/// <summary>An event that another server of the same application emitted by <c>ServerSideEmitAsync</c>.</summary>
public sealed class ServerSideEvent
{
    internal ServerSideEvent(string name, EventArguments arguments) => (Name, Arguments) = (name, arguments);

    /// <summary>The event's name.</summary>
    public string Name { get; }

    /// <summary>What the other server sent with it.</summary>
    public EventArguments Arguments { get; }
}
