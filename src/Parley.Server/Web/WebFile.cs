using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Web;

/// <summary>One file of the web client, ready to be sent: compressed once, at start.</summary>
/// <param name="ContentType">With the charset, for text.</param>
/// <param name="Content">As it lies on the disk.</param>
/// <param name="Brotli">Null where it would not be smaller.</param>
/// <param name="Gzip">Null where it would not be smaller.</param>
/// <param name="ETag">Changes with the content; weak, because it is the same for every coding (RFC 9110, section 8.8.1).</param>
/// <param name="Immutable">The name changes with the content, so a copy is good for ever.</param>
/// <param name="Embeddable">Pages of other origins may load it.</param>
internal sealed record WebFile(
    string ContentType,
    byte[] Content,
    byte[]? Brotli,
    byte[]? Gzip,
    EntityTagHeaderValue ETag,
    bool Immutable,
    bool Embeddable)
{
    private const int MinCompressedLength = 512;
    private const string Utf8 = "; charset=utf-8";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Reads one file.</summary>
    /// <param name="file">Where it lies.</param>
    /// <param name="path">Its path on the web ("/assets/index-x1y2.js").</param>
    public static WebFile Read(string file, string path)
    {
        var contentType = ContentTypes.TryGetContentType(file, out var known) ? known : "application/octet-stream";
        var isText = contentType.StartsWith("text/", StringComparison.Ordinal)
            || contentType is "application/json" or "application/manifest+json" or "image/svg+xml";
        var isAsset = path.StartsWith("/assets/", StringComparison.Ordinal);
        return Make(File.ReadAllBytes(file), isText ? contentType + Utf8 : contentType, isAsset, isAsset || path == "/parley-call.js");
    }

    /// <summary>The same kind of file with other content.</summary>
    public WebFile With(byte[] content) => Make(content, ContentType, Immutable, Embeddable);

    private static WebFile Make(byte[] content, string contentType, bool immutable, bool embeddable)
    {
        var isText = contentType.EndsWith(Utf8, StringComparison.Ordinal);
        return new(
            contentType,
            content,
            isText ? Compress(content, static stream => new BrotliStream(stream, CompressionLevel.Optimal)) : null,
            isText ? Compress(content, static stream => new GZipStream(stream, CompressionLevel.Optimal)) : null,
            new($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 12))}\"", isWeak: true),
            immutable,
            embeddable);
    }

    private static byte[]? Compress(byte[] content, Func<Stream, Stream> compressor)
    {
        if (content.Length < MinCompressedLength)
        {
            return null;
        }

        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            stream.Write(content);
        }

        // The compressor closes the stream with itself; what was written is still there.
        var bytes = compressed.ToArray();
        return bytes.Length < content.Length ? bytes : null;
    }
}
