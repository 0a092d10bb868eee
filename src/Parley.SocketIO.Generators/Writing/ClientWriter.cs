using Microsoft.CodeAnalysis.CSharp;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Writing;

/// <summary>Writes what emits the events of a typed client.</summary>
internal static class ClientWriter
{
    public static string Write(ClientModel model)
    {
        var type = model.Type.FullName;
        return CodeWriter.WriteInto(model.Type, "", code =>
        {
            code.Line("/// <summary>Makes a typed client for a socket, a selection of sockets, or a namespace.</summary>");
            code.Line("/// <param name=\"receivers\">Who is spoken to.</param>");
            code.Line("/// <param name=\"ackTimeout\">How long acknowledgements may take; null for the server's option.</param>");
            code.Line(CodeWriter.Marker);
            code.Line($"public static {type} For(global::Parley.SocketIO.IEventEmitter receivers, global::System.TimeSpan? ackTimeout = null) =>");
            code.Line("    new EmittingClient(new global::Parley.SocketIO.ClientTarget(receivers, ackTimeout));");
            code.Line("");
            code.Line(CodeWriter.Marker);
            code.Line($"private sealed class EmittingClient(global::Parley.SocketIO.ClientTarget target) : {type}");
            code.Open();
            foreach (var method in model.Methods)
            {
                WriteMethod(code, method);
            }

            code.Close();
        });
    }

    private static void WriteMethod(CodeWriter code, ClientMethodModel method)
    {
        var parameters = string.Join(", ", method.Parameters.Select((p, i) => $"{p} a{i}"));
        var arguments = Enumerable.Range(0, method.Parameters.Count).Where(i => i != method.Token).ToList();
        var state = arguments.Count switch
        {
            0 => "0",
            1 => $"a{arguments[0]}",
            _ => $"({string.Join(", ", arguments.Select(i => $"a{i}"))})",
        };
        var write = arguments.Count switch
        {
            0 => "static (_, _) => { }",
            1 => "static (writer, state) => writer.Write(state)",
            _ => $"static (writer, state) => {{ {string.Concat(arguments.Select((_, i) => $"writer.Write(state.Item{i + 1}); "))}}}",
        };
        var token = method.Token < 0 ? "default" : $"a{method.Token}";
        var emit = $"({SymbolDisplay.FormatLiteral(method.Event, quote: true)}, {state}, {write}";
        var ask = $"await target.AskAsync{emit}, {token})";
        var (modifier, body) = method.Kind switch
        {
            ClientMethodKind.Emit or ClientMethodKind.EmitWithResult => ("", $"target.Emit{emit})"),
            ClientMethodKind.EmitAsync => ("", $"target.EmitAsync{emit}, {token})"),
            ClientMethodKind.Ask or ClientMethodKind.AskForArguments => ("", $"target.AskAsync{emit}, {token})"),
            ClientMethodKind.AskForAnswer => ("async ", $"global::Parley.SocketIO.ClientTarget.Answer<{method.AnswerType}>({ask})"),
            ClientMethodKind.AskForOptionalAnswer => ("async ", $"global::Parley.SocketIO.ClientTarget.OptionalAnswer<{method.AnswerType}>({ask})"),
            _ => ("async ", $"global::Parley.SocketIO.ClientTarget.Answers<{method.AnswerType}>(await target.AskAllAsync{emit}, {token}))"),
        };
        code.Line($"{modifier}{method.ReturnType} {method.Interface}.{method.Method}({parameters}) => {body};");
    }
}
