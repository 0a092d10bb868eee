namespace Parley.SocketIO;

/// <summary>
/// Makes a partial class that derives from <see cref="NamespaceHandler"/> or <see cref="NamespaceHandler{TClient}"/> the handler of a
/// namespace: one instance for each socket. What leads events to its methods is generated when the class is compiled. Register it with
/// <c>AddSocketIO().AddNamespace&lt;T&gt;()</c>.
/// </summary>
/// <param name="name">The namespace's name; a leading slash is added when missing. It may not contain a comma.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NamespaceAttribute(string name = "/") : Attribute
{
    /// <summary>The namespace's name, as it was given.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Lets a method handle an event. Its parameters are the event's arguments, in order, except for these: a
/// <see cref="CancellationToken"/> is <see cref="Socket.ConnectionAborted"/>, a <see cref="SocketEvent"/> is the event itself,
/// <see cref="EventArguments"/> are all arguments, and what is marked with <c>[FromServices]</c> or <c>[FromKeyedServices]</c> comes from
/// <see cref="SocketEvent.Services"/>.
/// </summary>
/// <remarks>
/// The return value, also of a <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>, is the acknowledgement, if the client waits
/// for one. Without a return value the acknowledgement is empty and comes when the method has ended, unless it takes the
/// <see cref="SocketEvent"/>: then it acknowledges by itself. A client whose arguments do not fit is acknowledged with
/// <c>{"error":{"message":"Invalid arguments"}}</c>: one is missing or null whose parameter is neither nullable nor optional, or is of
/// another type. When the method throws, it is <c>Internal error</c>, or what an <see cref="EventRefusedException"/> says.
/// </remarks>
/// <param name="name">The event's name. Without one it is the method's, in camel case and without <c>Async</c> at its end.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnAttribute(string? name = null) : Attribute
{
    /// <summary>The event's name, as it was given; null when it is the method's.</summary>
    public string? Name { get; } = name;
}

/// <summary>
/// Lets a method hear every event of the socket that is not refused, before the event's own method and whether it has one or not. Its
/// parameters may be the <see cref="SocketEvent"/>, a <see cref="string"/> for the event's name, the <see cref="EventArguments"/> and a
/// <see cref="CancellationToken"/>. It returns nothing, a <see cref="Task"/> or a <see cref="ValueTask"/>. See
/// <see cref="Socket.OnAny(Func{SocketEvent, ValueTask})"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnAnyAttribute : Attribute;
