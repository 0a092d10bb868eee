using Microsoft.CodeAnalysis;

namespace Parley.SocketIO.Generators.Models;

/// <summary>What can be wrong with a namespace's class or a typed client.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "PSIO001", "Not partial", "'{0}' has to be partial, and so have the types around it: code is generated into it");

    public static readonly DiagnosticDescriptor NoHandler = Error(
        "PSIO002", "Not a namespace's handler", "'{0}' has to derive from NamespaceHandler to handle a namespace");

    public static readonly DiagnosticDescriptor NotConstructible = Error(
        "PSIO003", "Cannot be made", "'{0}' is {1}: no instance of it can be made for a socket");

    public static readonly DiagnosticDescriptor Constructors = Error(
        "PSIO004", "No constructor to choose", "'{0}' has more than one constructor: mark the one to use with [ActivatorUtilitiesConstructor]");

    public static readonly DiagnosticDescriptor NamespaceName = Error(
        "PSIO005", "Impossible namespace", "A namespace cannot be called '{0}': a name is not empty and has no comma");

    public static readonly DiagnosticDescriptor GenericMethod = Error(
        "PSIO006", "Generic method", "'{0}' cannot be generic: an event does not say what its types are");

    public static readonly DiagnosticDescriptor StaticMethod = Error(
        "PSIO007", "Not a method of the instance", "'{0}' cannot handle events: it is static, or private to a base class");

    public static readonly DiagnosticDescriptor Parameter = Error(
        "PSIO008", "Impossible parameter", "Parameter '{0}' of '{1}' is {2}, which no argument of an event can be");

    public static readonly DiagnosticDescriptor ReturnType = Error(
        "PSIO009", "Impossible return type", "'{0}' returns '{1}', which is not supported here: {2}");

    public static readonly DiagnosticDescriptor ReservedName = Error(
        "PSIO010", "Reserved event", "'{0}' is for an event called '{1}', which Socket.IO keeps for itself; nobody can emit it");

    public static readonly DiagnosticDescriptor Duplicate = Error(
        "PSIO011", "Two methods for one event", "'{0}' and '{1}' are both for the event '{2}'");

    public static readonly DiagnosticDescriptor ListenerParameter = Error(
        "PSIO012", "Impossible parameter", "Parameter '{0}' of '{1}': a method that hears every event takes SocketEvent, string (its name), EventArguments and CancellationToken");

    public static readonly DiagnosticDescriptor NoTypedClient = Error(
        "PSIO013", "Not a typed client", "'{0}' speaks to '{1}', which is not an interface marked with [TypedClient]");

    public static readonly DiagnosticDescriptor ClientMember = Error(
        "PSIO014", "Not an event", "'{0}' cannot be a member of a typed client: {1}");

    public static readonly DiagnosticDescriptor Schemes = Error(
        "PSIO015", "Authentication schemes", "[Authorize] on '{0}' names authentication schemes, but a socket's user was authenticated by its endpoint: name them in MapSocketIO().RequireAuthorization(...)");

    public static readonly DiagnosticDescriptor AuthorizedListener = Error(
        "PSIO016", "Listener with rules", "'{0}' hears every event that is not refused and cannot have rules of its own: mark the class, or the methods of the events");

    public static readonly IReadOnlyList<DiagnosticDescriptor> All =
    [
        NotPartial, NoHandler, NotConstructible, Constructors, NamespaceName, GenericMethod, StaticMethod, Parameter, ReturnType, ReservedName,
        Duplicate, ListenerParameter, NoTypedClient, ClientMember, Schemes, AuthorizedListener,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Parley.SocketIO", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
