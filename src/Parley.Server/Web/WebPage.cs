using System.Text;

namespace Parley.Server.Web;

/// <summary>
/// The page, for every depth at which it is served. It names its files relative to itself ("./assets/..."), because only the browser
/// knows below which path of which proxy they are; so at <c>/r/{room}</c> the names have to begin one level higher.
/// </summary>
internal sealed class WebPage
{
    private const string Here = "=\"./";

    private readonly WebFile[] _byDepth;

    private WebPage(WebFile[] byDepth) => _byDepth = byDepth;

    /// <summary>Reads the page.</summary>
    /// <param name="index">The file that the build made.</param>
    public static WebPage Of(WebFile index)
    {
        var html = Encoding.UTF8.GetString(index.Content);
        return new(
        [
            index,
            index.With(Encoding.UTF8.GetBytes(html.Replace(Here, "=\"../", StringComparison.Ordinal))),
            index.With(Encoding.UTF8.GetBytes(html.Replace(Here, "=\"../../", StringComparison.Ordinal))),
        ]);
    }

    /// <summary>The page as it is served at a path: "/", "/r/room" or "/r/room/".</summary>
    public WebFile At(PathString path) => _byDepth[Math.Clamp(path.Value.AsSpan().Count('/') - 1, 0, _byDepth.Length - 1)];
}
