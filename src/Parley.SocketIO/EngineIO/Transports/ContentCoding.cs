using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>Compresses the body of an answer in a way that the client has asked for.</summary>
internal static class ContentCoding
{
    private const string Gzip = "gzip";
    private const string Deflate = "deflate";

    // A client chooses its header: what is further back is not looked at.
    private const int MaxCodings = 16;

    /// <summary>
    /// The coding that the client likes best, gzip among equals; null for none (RFC 9110, section 12.5.3). Without the header a client
    /// might take anything, but then it is probably not prepared for it.
    /// </summary>
    public static string? Choose(StringValues acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
        {
            return null;
        }

        double? gzip = null, deflate = null, any = null;
        foreach (var coding in accepted.Take(MaxCodings))
        {
            var quality = coding.Quality ?? 1;
            if (coding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase))
            {
                gzip ??= quality;
            }
            else if (coding.Value.Equals(Deflate, StringComparison.OrdinalIgnoreCase))
            {
                deflate ??= quality;
            }
            else if (coding.Value == "*")
            {
                any ??= quality;
            }
        }

        var (forGzip, forDeflate) = (gzip ?? any ?? 0, deflate ?? any ?? 0);
        return forGzip > 0 && forGzip >= forDeflate ? Gzip : forDeflate > 0 ? Deflate : null;
    }

    public static ReadOnlyMemory<byte> Encode(ReadOnlySpan<byte> body, string coding)
    {
        var output = new MemoryStream(body.Length / 2);
        // RFC 9110's "deflate" is the zlib format.
        using (Stream stream = coding == Gzip
            ? new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(body);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
