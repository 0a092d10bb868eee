namespace Parley.Repo.Tests.Documents;

/// <summary>Code between fences.</summary>
/// <param name="Info">What stands behind the opening fence: a language, and perhaps more.</param>
/// <param name="Lines">The code.</param>
/// <param name="Line">The number of its first line in the document.</param>
internal sealed record CodeFence(string Info, List<string> Lines, int Line);
