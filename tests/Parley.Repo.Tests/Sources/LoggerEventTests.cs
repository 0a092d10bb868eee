using Parley.Repo.Tests.Arrows;

namespace Parley.Repo.Tests.Sources;

public sealed class LoggerEventTests
{
    public static TheoryData<string> CSharpProjects => [.. Repository.FilesBelow("src", ".csproj")];

    [Theory]
    [MemberData(nameof(CSharpProjects))]
    public void Event_ids_are_unique_within_a_project(string project) =>
        LoggerEvents.Violations(CSharpSources.Compile(ProjectFile.Load(project))).ShouldBeNone();

    [Theory]
    [InlineData("[LoggerMessage(2, LogLevel.Debug, \"b\")]", "T.cs:4: the event id 2 is taken by T.cs:3.")]
    [InlineData("[LoggerMessage(EventId = Ids.Two, Level = LogLevel.Debug)]", "T.cs:4: the event id 2 is taken by T.cs:3.")]
    [InlineData("[LoggerMessage(LogLevel.Debug, \"b\")]", "T.cs:4: the log message has no event id.")]
    [InlineData("[LoggerMessage(Level = LogLevel.Debug)]", "T.cs:4: the log message has no event id.")]
    public void A_doubled_or_missing_id_is_reported(string second, string finding) => Check(second).ShouldBe([finding]);

    [Fact]
    public void Different_ids_pass() => Check("[LoggerMessage(3, LogLevel.Debug, \"b\")]").ShouldBeEmpty();

    private static List<string> Check(string second) => [.. LoggerEvents.Violations(CSharpSources.Compile("P", [("T.cs", $$"""
        using Microsoft.Extensions.Logging;
        static class Ids { public const int Two = 2; }
        static partial class Log { [LoggerMessage(EventId = 2, Level = LogLevel.Debug)] static partial void A(ILogger log);
            {{second}} static partial void B(ILogger log); }
        """)]))];
}
