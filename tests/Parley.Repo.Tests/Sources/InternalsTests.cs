using System.Text.RegularExpressions;
using Parley.Repo.Tests.Arrows;

namespace Parley.Repo.Tests.Sources;

/// <summary>What is internal is seen by tests, benches and conformance hosts, never by another product.</summary>
public sealed partial class InternalsTests
{
    [Fact]
    public void Internals_are_visible_to_tests_only() => Repository.FilesBelow("src", ".csproj").Select(ProjectFile.Load)
        .SelectMany(p => p.InternalsVisibleTo.Where(f => !IsTest(f)).Select(f => $"{p.Path}: internals must not be visible to {f}.")).ShouldBeNone();

    [Fact]
    public void Friends_are_named_in_project_files_only() => Repository.FilesBelow("src", ".cs")
        .Where(f => FriendAttribute().IsMatch(Repository.Read(f))).Select(f => $"{f}: name friends in the project file.").ShouldBeNone();

    [Theory]
    [InlineData("Parley.SocketIO.Tests", true)]
    [InlineData("Parley.SocketIO.ConformanceHost", true)]
    [InlineData("Parley.Benchmarks", true)]
    [InlineData("Parley.Server", false)]
    public void A_product_is_no_friend(string assembly, bool friend) => IsTest(assembly).ShouldBe(friend);

    private static bool IsTest(string assembly) => Friend().IsMatch(assembly);

    [GeneratedRegex("""\.(Tests|Benchmarks|ConformanceHost)$""")]
    private static partial Regex Friend();

    [GeneratedRegex("""\[assembly:.*InternalsVisibleTo""")]
    private static partial Regex FriendAttribute();
}
