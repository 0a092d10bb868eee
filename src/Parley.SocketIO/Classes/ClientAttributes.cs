namespace Parley.SocketIO;

/// <summary>
/// Makes a partial interface speak to clients: calling a method emits an event. The static method <c>For</c> that is generated into the
/// interface makes one for a socket, a selection of sockets or a namespace: <c>IChatClient.For(socket.To("red")).Said("hello")</c>.
/// </summary>
/// <remarks>
/// The parameters are the event's arguments, a <see cref="CancellationToken"/> excepted. What a method returns says what is waited for:
/// <list type="bullet">
/// <item><description>nothing or <see cref="EmitResult"/>: nothing, as <c>Emit</c>;</description></item>
/// <item><description><see cref="ValueTask{TResult}"/> of <see cref="EmitResult"/>: room in the outbound queue, as <c>EmitAsync</c>;</description></item>
/// <item><description><see cref="Task"/>, <see cref="Task{TResult}"/>: one client's acknowledgement, which is the result; with
/// <see cref="EventArguments"/> as the result all of its arguments. For a single socket;</description></item>
/// <item><description><see cref="Task{TResult}"/> of a list (<see cref="IReadOnlyList{T}"/>) of <see cref="BroadcastAnswer{T}"/>: everybody's
/// acknowledgement.</description></item>
/// </list>
/// </remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class TypedClientAttribute : Attribute;

/// <summary>Names the event that a method of a <see cref="TypedClientAttribute">typed client</see> emits.</summary>
/// <param name="name">The event's name. Without this attribute it is the method's, in camel case and without <c>Async</c> at its end.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The event's name.</summary>
    public string Name { get; } = name;
}
