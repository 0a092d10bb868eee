using Microsoft.CodeAnalysis.CSharp;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Writing;

/// <summary>Writes what leads events to the methods of a namespace's class.</summary>
internal static class NamespaceWriter
{
    public static string Write(NamespaceModel model)
    {
        var type = model.Type.FullName;
        var contract = $"global::Parley.SocketIO.INamespaceHandler<{type}>";
        return CodeWriter.WriteInto(model.Type, contract, code =>
        {
            code.Line(CodeWriter.Marker);
            code.Line($"static void {contract}.Define(global::Parley.SocketIO.NamespaceDefinition<{type}> definition)");
            code.Open();
            code.Line($"definition.Named({Literal(model.Name)});");
            var services = string.Concat(model.RequiredServices.Distinct(StringComparer.Ordinal).Select(s => $", typeof({s})"));
            code.Line($"definition.MadeBy(static (services, socket) => new {type}({string.Join(", ", model.ConstructorArguments)}){services});");
            if (model.Rules.Count > 0)
            {
                code.Line($"definition.Authorized({string.Join(", ", model.Rules)});");
            }

            if (model.Client is { } client)
            {
                code.Line($"definition.Tells<{client}>(static (receivers, ackTimeout) => {client}.For(receivers, ackTimeout));");
            }

            foreach (var listener in model.Listeners)
            {
                code.Line($"definition.OnAny({Lambda(listener)});");
            }

            foreach (var method in model.Methods)
            {
                var rules = string.Concat(method.Rules.Select(r => $", {r}"));
                code.Line($"definition.On({Literal(method.Event)}, {Lambda(method)}{rules});");
            }

            code.Close();
        });
    }

    private static string Lambda(HandlerMethodModel method)
    {
        var call = $"{(method.IsAwaited ? "await " : "")}self.{method.Method}({string.Join(", ", method.Arguments)})";
        var body = method.Acknowledgement switch
        {
            Acknowledgement.Result when method.Results > 1 =>
                $"var result = {call}; e.Ack({string.Join(", ", Enumerable.Range(1, method.Results).Select(i => $"result.Item{i}"))});",
            Acknowledgement.Result => $"e.Ack({call});",
            Acknowledgement.Empty => $"{call}; e.Ack();",
            _ => $"{call};",
        };
        return method.IsAwaited
            ? $"static async (self, e) => {{ {body} }}"
            : $"static (self, e) => {{ {body} return default; }}";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
