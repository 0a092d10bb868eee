namespace Parley.SocketIO.Generators.Models;

/// <summary>A typed client, as far as code is generated from it.</summary>
/// <param name="Type">Where the code goes.</param>
/// <param name="Methods">Its events, those of the interfaces that it extends among them.</param>
internal sealed record ClientModel(TypePath Type, EquatableArray<ClientMethodModel> Methods);

/// <summary>A method that emits an event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Interface">Full name of the interface that declares it.</param>
/// <param name="Method">The method's name.</param>
/// <param name="ReturnType">Its return type, as declared.</param>
/// <param name="Kind">What it waits for.</param>
/// <param name="AnswerType">What the acknowledgement is; empty for nothing.</param>
/// <param name="Parameters">Types of its parameters, in order.</param>
/// <param name="Token">Index of the cancellation token among the parameters; -1 for none.</param>
internal sealed record ClientMethodModel(
    string Event,
    string Interface,
    string Method,
    string ReturnType,
    ClientMethodKind Kind,
    string AnswerType,
    EquatableArray<string> Parameters,
    int Token);

/// <summary>What a typed client's method waits for.</summary>
internal enum ClientMethodKind
{
    /// <summary>Nothing, and tells nothing.</summary>
    Emit,

    /// <summary>Nothing, and tells what became of it.</summary>
    EmitWithResult,

    /// <summary>Room.</summary>
    EmitAsync,

    /// <summary>An acknowledgement, whatever it says.</summary>
    Ask,

    /// <summary>An acknowledgement's arguments.</summary>
    AskForArguments,

    /// <summary>An acknowledgement with a value.</summary>
    AskForAnswer,

    /// <summary>An acknowledgement with a value or null.</summary>
    AskForOptionalAnswer,

    /// <summary>Everybody's acknowledgement.</summary>
    AskAll,
}
