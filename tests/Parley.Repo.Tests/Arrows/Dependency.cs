namespace Parley.Repo.Tests.Arrows;

/// <summary>One place where a part of the repository knows another.</summary>
/// <param name="From">The part that knows.</param>
/// <param name="To">The part that is known.</param>
/// <param name="Where">File and line, relative to the repository's root.</param>
/// <param name="What">The name that is used there.</param>
internal sealed record Dependency(string From, string To, string Where, string What);
