namespace Parley.Repo.Tests.Arrows;

public sealed class ProjectFileTests
{
    [Fact]
    public void Projects_packages_and_frameworks_are_dependencies_and_analyzers_are_not()
    {
        var project = ProjectFile.Parse("src/P/P.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <ItemGroup>
                <ProjectReference Include="..\Q/Q.csproj" />
                <ProjectReference Include="../G/G.csproj" ReferenceOutputAssembly="false" />
                <PackageReference Include="Npgsql" />
                <PackageReference Include="Analyzer" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);

        project.ProjectReferences.ShouldBe(["src/Q/Q.csproj"]);
        project.Dependencies.Select(d => d.To).ShouldBe(["Q", "Npgsql", "ASP.NET Core"]);
    }
}
