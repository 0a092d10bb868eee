using System.Text;
using Parley.Core.Time;

namespace Parley.Testing;

/// <summary>Everything that happened in a world, to be read when a story ends badly.</summary>
public sealed class Timeline
{
    /// <summary>What a failure shows of a long story: its end.</summary>
    private const int ShownInFailures = 300;

    private readonly List<TimelineEntry> _entries = [];

    /// <summary>In order of time.</summary>
    public IReadOnlyList<TimelineEntry> Entries => _entries;

    /// <summary>All of it, a line each.</summary>
    public override string ToString() => Format(0);

    internal TimelineEntry Add(TimelineEntry entry)
    {
        _entries.Add(entry);
        return entry;
    }

    internal string Ending()
    {
        int hidden = Math.Max(0, _entries.Count - ShownInFailures);
        return (hidden == 0 ? "" : $"... {hidden} lines before\n") + Format(hidden);
    }

    private string Format(int from)
    {
        StringBuilder text = new();
        foreach (TimelineEntry entry in _entries.Skip(from))
        {
            text.Append(entry).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>One line of a <see cref="Timeline"/>: a packet and its fate, or what somebody noted.</summary>
public sealed class TimelineEntry
{
    private readonly byte[]? _payload;

    private TimelineEntry(Instant at, string from, string? text, byte[]? payload)
    {
        At = at;
        From = from;
        _payload = payload;
        Text = text ?? "";
    }

    /// <summary>When it was sent, or happened.</summary>
    public Instant At { get; }

    /// <summary>Who sent it, or whom it happened to.</summary>
    public string From { get; }

    /// <summary>To whom it was sent; null where nothing was.</summary>
    public string? To { get; internal set; }

    /// <summary>What became of it; null as long as it is on its way.</summary>
    public string? Fate { get; internal set; }

    /// <summary>What was sent, or happened. Packets are read only when somebody asks: most stories end well.</summary>
    public string Text => _payload is null ? field : PacketDescription.Of(_payload);

    /// <summary>For example <c>+12.350 s  alice → bob:3478  STUN Binding Request  lost</c>.</summary>
    public override string ToString() => To is null
        ? $"{At}  {From}  {Text}"
        : $"{At}  {From} → {To}  {Text}  {Fate ?? "on its way"}";

    internal static TimelineEntry Packet(Instant at, string from, string to, byte[] payload) => new(at, from, null, payload) { To = to };

    internal static TimelineEntry Note(Instant at, string who, string text) => new(at, who, text, null);
}
