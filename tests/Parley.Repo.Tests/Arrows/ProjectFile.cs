using System.Xml.Linq;

namespace Parley.Repo.Tests.Arrows;

/// <summary>What a project file says about its neighbours.</summary>
internal sealed class ProjectFile
{
    public const string AspNetCore = "ASP.NET Core";

    private readonly XElement _xml;

    private ProjectFile(string path, XElement xml)
    {
        Path = path;
        _xml = xml;
    }

    /// <summary>Relative to the repository's root.</summary>
    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => Path[..Path.LastIndexOf('/')];

    public bool IsWeb => _xml.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web";

    public IEnumerable<string> Usings => Items("Using");

    public IEnumerable<string> InternalsVisibleTo => Items("InternalsVisibleTo");

    /// <summary>Project files, relative to the repository's root.</summary>
    /// <remarks>Without those that are only needed to build: analyzers and generators.</remarks>
    public IEnumerable<string> ProjectReferences => _xml.Descendants("ProjectReference")
        .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false").Select(r => r.Attribute("Include")!.Value).Select(include =>
    {
        var absolute = System.IO.Path.GetFullPath(include.Replace('\\', '/'), System.IO.Path.GetDirectoryName(Repository.Absolute(Path))!);
        return System.IO.Path.GetRelativePath(Repository.Root, absolute).Replace('\\', '/');
    });

    /// <summary>Every project, package and framework that the project needs at run time.</summary>
    public IEnumerable<Dependency> Dependencies =>
        ProjectReferences.Select(System.IO.Path.GetFileNameWithoutExtension)
            .Concat(_xml.Descendants("PackageReference").Where(p => p.Attribute("PrivateAssets")?.Value != "all").Select(p => p.Attribute("Include")!.Value))
            .Concat(Items("FrameworkReference").Select(f => f == "Microsoft.AspNetCore.App" ? AspNetCore : f))
            .Concat(IsWeb ? [AspNetCore] : [])
            .Select(to => new Dependency(Name, to!, Path, to!));

    public static ProjectFile Load(string path) => Parse(path, Repository.Read(path));

    public static ProjectFile Parse(string path, string xml) => new(path, XElement.Parse(xml));

    private IEnumerable<string> Items(string name) => _xml.Descendants(name).Select(i => i.Attribute("Include")?.Value).OfType<string>();
}
