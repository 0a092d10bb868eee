namespace Parley.SocketIO.Generators.Models;

/// <summary>Where generated code goes: a namespace, and the declarations of the types around and of the type itself, outermost first.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Declarations">Such as <c>partial class Outer</c>.</param>
/// <param name="FileName">A name for the generated file that no other type gets.</param>
/// <param name="FullName">The type's name from <c>global::</c> on.</param>
internal sealed record TypePath(string Namespace, EquatableArray<string> Declarations, string FileName, string FullName);
