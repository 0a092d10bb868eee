using System.Globalization;

namespace Parley.Testing;

/// <summary>
/// Which seeds a random test tries: from 1 up to its own number of them; PARLEY_SEEDS=n tries n instead, PARLEY_SEED=n the one that failed.
/// </summary>
public static class Seeds
{
    /// <summary>The seeds to be tried.</summary>
    public static IEnumerable<int> Of(int count) =>
        Setting("PARLEY_SEED") is { } one ? [one] : Enumerable.Range(1, Setting("PARLEY_SEEDS") ?? count);

    /// <summary>Only one is tried, and nothing can be expected of all of them together.</summary>
    public static bool OnlyOne => Setting("PARLEY_SEED") is not null;

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
