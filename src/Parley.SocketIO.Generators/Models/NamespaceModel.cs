namespace Parley.SocketIO.Generators.Models;

/// <summary>A namespace's class, as far as code is generated from it.</summary>
/// <param name="Type">Where the code goes.</param>
/// <param name="Name">The namespace's name.</param>
/// <param name="Rules">Expressions that make the attributes of <c>[Authorize]</c>'s kind on the class.</param>
/// <param name="ConstructorArguments">Expressions over <c>services</c> and <c>socket</c>.</param>
/// <param name="RequiredServices">Names of types without which no instance can be made.</param>
/// <param name="Client">The typed client's full name; null for none.</param>
/// <param name="Methods">Methods that handle an event.</param>
/// <param name="Listeners">Methods that hear every event.</param>
internal sealed record NamespaceModel(
    TypePath Type,
    string Name,
    EquatableArray<string> Rules,
    EquatableArray<string> ConstructorArguments,
    EquatableArray<string> RequiredServices,
    string? Client,
    EquatableArray<HandlerMethodModel> Methods,
    EquatableArray<HandlerMethodModel> Listeners);

/// <summary>A method of a namespace's class.</summary>
/// <param name="Event">The event; empty for a listener.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Arguments">Expressions over the event <c>e</c>.</param>
/// <param name="IsAwaited">Whether it returns a task.</param>
/// <param name="Acknowledgement">What becomes of the result.</param>
/// <param name="Results">How many arguments the result is in the acknowledgement: the elements of a tuple, or one.</param>
/// <param name="Rules">Expressions that make the attributes of <c>[Authorize]</c>'s kind on the method.</param>
internal sealed record HandlerMethodModel(
    string Event,
    string Method,
    EquatableArray<string> Arguments,
    bool IsAwaited,
    Acknowledgement Acknowledgement,
    int Results,
    EquatableArray<string> Rules);

/// <summary>How a client that waits is acknowledged.</summary>
internal enum Acknowledgement
{
    /// <summary>With no arguments, when the method has ended.</summary>
    Empty,

    /// <summary>With the method's result.</summary>
    Result,

    /// <summary>By the method itself, or not at all.</summary>
    None,
}
