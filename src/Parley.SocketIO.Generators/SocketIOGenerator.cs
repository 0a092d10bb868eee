using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Parley.SocketIO.Generators.Models;
using Parley.SocketIO.Generators.Reading;
using Parley.SocketIO.Generators.Writing;

namespace Parley.SocketIO.Generators;

/// <summary>
/// Generates, into each class that is marked as a namespace's, what leads events to its methods; and into each interface that is marked as
/// a typed client, what emits them. Neither needs reflection when it runs.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SocketIOGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads classes, by which tests see whether it was cached.</summary>
    internal const string NamespaceStep = "Namespaces";

    /// <summary>The step that reads interfaces.</summary>
    internal const string ClientStep = "Clients";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var namespaces = context.SyntaxProvider.ForAttributeWithMetadataName(
                "Parley.SocketIO.NamespaceAttribute",
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (found, cancellationToken) => NamespaceReader.Read(found, cancellationToken))
            .WithTrackingName(NamespaceStep);
        var clients = context.SyntaxProvider.ForAttributeWithMetadataName(
                "Parley.SocketIO.TypedClientAttribute",
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (found, cancellationToken) => ClientReader.Read(found, cancellationToken))
            .WithTrackingName(ClientStep);

        context.RegisterSourceOutput(namespaces, static (output, read) => Write(output, read, m => m.Type, NamespaceWriter.Write));
        context.RegisterSourceOutput(clients, static (output, read) => Write(output, read, m => m.Type, ClientWriter.Write));
    }

    private static void Write<T>(SourceProductionContext output, ReadResult<T> read, Func<T, TypePath> type, Func<T, string> write)
        where T : class, IEquatable<T>
    {
        foreach (var finding in read.Findings)
        {
            output.ReportDiagnostic(finding.ToDiagnostic());
        }

        if (read.Model is { } model)
        {
            output.AddSource(type(model).FileName, write(model));
        }
    }
}
