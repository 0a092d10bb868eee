using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Parley.Repo.Tests.Arrows;

namespace Parley.Repo.Tests.Documents;

/// <summary>The C# in documents: each fence marked <c>csharp</c> is a whole program, and compiles.</summary>
internal static partial class CodeSamples
{
    public static IEnumerable<string> Violations(string path, string markdown, IReadOnlyCollection<ProjectFile> projects)
    {
        foreach (Match fence in CSharpFences().Matches(markdown))
        {
            var line = markdown.AsSpan(0, fence.Groups["code"].Index).Count('\n') + 1;
            var compilation = CSharpSources.CompileProgram(path, $"#line {line} \"{path}\"\n{fence.Groups["code"].Value}", projects);
            foreach (var error in compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error))
            {
                yield return $"{path}:{error.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
            }
        }
    }

    [GeneratedRegex("""^```csharp\r?\n(?<code>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpFences();
}
