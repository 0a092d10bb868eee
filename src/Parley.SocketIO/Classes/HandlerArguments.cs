using System.ComponentModel;

namespace Parley.SocketIO;

/// <summary>Reads the arguments of an event for a method. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HandlerArguments
{
    /// <summary>An argument that has to be there. One that is not, is null or of another type keeps the method from being called.</summary>
    public static T Required<T>(SocketEvent received, int index)
    {
        ArgumentNullException.ThrowIfNull(received);
        return index < received.Arguments.Count && received.Require<T?>(index) is { } value
            ? value
            : throw new InvalidArgumentException(index, typeof(T), null);
    }

    /// <summary>An argument that may be missing or null. One of another type keeps the method from being called.</summary>
    public static T? Optional<T>(SocketEvent received, int index)
    {
        ArgumentNullException.ThrowIfNull(received);
        return received.Require<T?>(index);
    }
}
