using System.Text.Json;

namespace Parley.Repo.Tests.Packages;

public sealed class PackageTests
{
    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".jpg", ".webp", ".y4m", ".wav", ".ogg"];

    [Fact]
    public void No_file_names_a_registry_or_a_folder_of_somebodys_machine() =>
        Repository.Files.Where(f => !Array.Exists(Binary, e => f.EndsWith(e, StringComparison.Ordinal)))
            .SelectMany(f => ForeignAddresses.Violations(f, Repository.Read(f))).ShouldBeNone();

    [Fact]
    public void Every_npm_package_has_a_lock_file_without_addresses()
    {
        foreach (var package in Repository.Files.Where(f => Path.GetFileName(f) == "package.json").Select(f => f[..^"package.json".Length]))
        {
            Repository.Files.Contains(package + "package-lock.json", StringComparer.Ordinal).ShouldBeTrue($"{package}package-lock.json is missing");
            Repository.Files.Contains(package + ".npmrc", StringComparer.Ordinal).ShouldBeTrue($"{package}.npmrc is missing");
            Repository.Read(package + ".npmrc").ShouldContain("omit-lockfile-registry-resolved=true", customMessage: package);
        }
    }

    [Fact]
    public void Every_npm_package_is_private_and_pins_the_oldest_node()
    {
        foreach (var package in Repository.Files.Where(f => Path.GetFileName(f) == "package.json"))
        {
            using var json = JsonDocument.Parse(Repository.Read(package));
            json.RootElement.TryGetProperty("private", out var isPrivate).ShouldBeTrue(package);
            isPrivate.GetBoolean().ShouldBeTrue(package);
            json.RootElement.TryGetProperty("engines", out var engines).ShouldBeTrue(package);
            engines.GetProperty("node").GetString().ShouldBe(">=20.19", package);
        }
    }

    [Fact]
    public void Versions_of_nuget_packages_stand_in_one_place() => Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
        .Where(f => Repository.Read(f).Contains(" Version=", StringComparison.Ordinal)).Select(f => $"{f}: versions stand in Directory.Packages.props.").ShouldBeNone();

    [Theory]
    [InlineData("\"resol" + "ved\": \"https://example.org/a.tgz\"")]
    [InlineData("source = https://api.nuget" + ".org/v3/index.json")]
    [InlineData("see /ho" + "me/ann/parley")]
    public void A_foreign_address_is_reported(string line) => ForeignAddresses.Violations("a", $"fine\n{line}").ShouldHaveSingleItem().ShouldStartWith("a:2");
}
