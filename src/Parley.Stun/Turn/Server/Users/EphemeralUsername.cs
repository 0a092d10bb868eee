using System.Globalization;

namespace Parley.Stun.Turn.Server.Users;

/// <summary>The name that an ephemeral credential is used under, <c>expiry:user</c> (draft-uberti-behave-turn-rest-00, 2.2).</summary>
/// <param name="Expiry">From when on it is good for nothing new, in seconds since 1970.</param>
/// <param name="User">Who holds it; may be empty, and may hold colons.</param>
public readonly record struct EphemeralUsername(long Expiry, string User)
{
    /// <summary>Reads one, which strangers have chosen; false: it has another form.</summary>
    public static bool TryParse(string text, out EphemeralUsername username)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isRead = long.TryParse(text.AsSpan(0, Math.Max(colon, 0)), NumberStyles.None, CultureInfo.InvariantCulture, out long expiry);
        username = isRead ? new EphemeralUsername(expiry, text[(colon + 1)..]) : default;
        return isRead;
    }

    /// <summary>For how long it has been good for nothing new; not positive: it still is.</summary>
    /// <param name="calendar">What the calendar says.</param>
    public TimeSpan ExpiredFor(DateTimeOffset calendar)
    {
        // Anybody may name the end of time, which a TimeSpan does not reach.
        long seconds = Math.Max(calendar.ToUnixTimeSeconds() - Expiry, -uint.MaxValue);
        return TimeSpan.FromSeconds(seconds);
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Expiry}:{User}");
}
