using System.Globalization;
using System.Text;
using QRCoder;

namespace Parley.Server.Web;

/// <summary>Draws a QR code (ISO/IEC 18004) as SVG.</summary>
internal static class QrCode
{
    /// <summary>An image without scripts or styles; always dark on white, because many scanners read nothing else.</summary>
    public static string ToSvg(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);

        // The matrix has a quiet zone already.
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var begin = x;
                while (x < rows.Count && rows[y][x])
                {
                    x++;
                }

                if (x > begin)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{begin} {y}h{x - begin}v1H{begin}z");
                }
            }
        }

        var size = rows.Count;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>
            """);
    }
}
