using System.Globalization;
using System.Text;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>Strings of JSON that has been checked.</summary>
internal static class JsonText
{
    /// <summary>
    /// The UTF-8 of a string with escapes, given without its quotes. Half a surrogate pair, which JSON can say and UTF-8 cannot,
    /// becomes U+FFFD, as in the reference's encoder.
    /// </summary>
    public static byte[] Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = Encoding.UTF8.GetString(escaped);
        var unescaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                unescaped.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'u':
                    unescaped.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;

                case var letter:
                    unescaped.Append(letter switch
                    {
                        'b' => '\b',
                        'f' => '\f',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        _ => letter,
                    });
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(unescaped.ToString());
    }
}
