using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>The words that several requests share, with the bounds of docs/signalling.md.</summary>
internal static class Words
{
    /// <summary>What a JavaScript number holds exactly: 2^53 - 1.</summary>
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    private const int MaxNameLength = 64;
    private const int MaxConnectionLength = 64;
    private const int MaxPasscodeLength = 64;

    private static readonly SearchValues<char> ConnectionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A room name, in the lower-case form that names the room.</summary>
    public static string RoomName(this PayloadReader payload, string name)
    {
        if (!TryRoomName(payload.Text(name, MaxNameLength), out var roomName))
        {
            payload.Fail(payload.PathOf(name), $"must be 1 to {MaxNameLength} letters, marks, digits, \"-\" or \"_\"");
        }

        return roomName;
    }

    /// <summary>Whether a text names a room, and the lower-case form that does.</summary>
    public static bool TryRoomName(string text, out string roomName)
    {
        roomName = text.ToLowerInvariant();
        return text.Length > 0 && text.EnumerateRunes().Count() <= MaxNameLength && text.EnumerateRunes().All(IsOfRoomName);
    }

    /// <summary>A display name, trimmed.</summary>
    public static string DisplayName(this PayloadReader payload, string name)
    {
        // A generous first bound, because white space around the name does not count.
        if (!TryDisplayName(payload.Text(name, 4 * MaxNameLength), out var displayName))
        {
            payload.Fail(
                payload.PathOf(name),
                $"must be 1 to {MaxNameLength} characters after trimming, without control characters, and one of them visible");
        }

        return displayName;
    }

    /// <summary>Whether a text can be a display name, and its trimmed form.</summary>
    public static bool TryDisplayName(string text, out string displayName)
    {
        displayName = text.Trim();
        return displayName.EnumerateRunes().Count() <= MaxNameLength
            && !displayName.EnumerateRunes().Any(IsControl)
            && displayName.EnumerateRunes().Any(IsVisible);
    }

    /// <summary>A number from 1 on, as JavaScript holds it exactly.</summary>
    public static long Count(this PayloadReader payload, string name) => payload.Integer(name, 1, MaxSafeInteger);

    public static long Incarnation(this PayloadReader payload, string name) => payload.Count(name);

    public static Incarnations Incarnations(this PayloadReader payload, string name)
    {
        var pair = payload.Object(name);
        return new(pair.Incarnation("from"), pair.Incarnation("to"));
    }

    public static ParticipantId ParticipantId(this PayloadReader payload, string name)
    {
        if (!Rooms.ParticipantId.TryParse(payload.Text(name, 16), out var id))
        {
            payload.Fail(payload.PathOf(name), "must be a participant id: 16 characters of A-Z a-z 0-9 - _");
        }

        return id;
    }

    /// <summary>The name that one end gave to a peer connection.</summary>
    public static string ConnectionName(this PayloadReader payload, string name)
    {
        var text = payload.Text(name, MaxConnectionLength);
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(ConnectionCharacters))
        {
            payload.Fail(payload.PathOf(name), $"must be 1 to {MaxConnectionLength} characters of A-Z a-z 0-9 - _");
        }

        return text;
    }

    /// <summary>A passcode, as it is typed.</summary>
    public static string Passcode(this PayloadReader payload, string name)
    {
        var text = payload.Text(name, MaxPasscodeLength);
        if (text.Length == 0)
        {
            payload.Fail(payload.PathOf(name), $"must be a text of 1 to {MaxPasscodeLength} characters");
        }

        return text;
    }

    public static MediaState MediaState(this PayloadReader payload) =>
        new(payload.Boolean("microphone"), payload.Boolean("camera"), payload.Boolean("screen"));

    // Marks belong to the letters before them: most scripts of India cannot be written without.
    private static bool IsOfRoomName(Rune rune) =>
        rune.Value is '-' or '_'
        || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // With the embeddings, overrides and isolates of UAX #9 a name would turn around the words that stand beside it.
    private static bool IsControl(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // The Hangul fillers and the empty Braille pattern are letter and symbol by category, and blank on the screen.
    private static bool IsVisible(Rune rune) =>
        rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark);
}
