namespace Parley.SocketLoad;

/// <summary>Numbers that all have the same length when they are written, so that a message is made once.</summary>
internal static class Numbers
{
    public const int Digits = 7;
    public const int First = 1_000_000;

    public static int Next(int number) => number == 9_999_999 ? First : number + 1;

    public static void Write(Span<byte> destination, int number)
    {
        for (var i = Digits - 1; i >= 0; i--)
        {
            destination[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
