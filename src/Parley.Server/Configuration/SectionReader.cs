using System.Globalization;

namespace Parley.Server.Configuration;

/// <summary>
/// Reads a configuration section key by key. A value that cannot be honoured is a <see cref="ConfigurationException"/>; so is, at the
/// end, every key that nobody asked for: a misspelt key must not pass for a default.
/// </summary>
/// <remarks>By hand and not by the options binder, whose errors name types and not keys, and print secrets.</remarks>
internal sealed class SectionReader
{
    private readonly IConfigurationSection _section;
    private readonly Dictionary<string, IReadOnlyList<SectionReader>> _asked = new(StringComparer.OrdinalIgnoreCase);

    public SectionReader(IConfiguration configuration, string name)
        : this(configuration.GetSection(name))
    {
    }

    private SectionReader(IConfigurationSection section) => _section = section;

    /// <summary>Every key asked for so far, in full ("Parley:Rooms:Capacity").</summary>
    public IEnumerable<string> KnownKeys =>
        _asked.SelectMany(asked => asked.Value is []
            ? [KeyOf(asked.Key)]
            : asked.Value.SelectMany(child => child.KnownKeys));

    public string KeyOf(string name) => ConfigurationPath.Combine(_section.Path, name);

    public string? Text(string name)
    {
        var section = Scalar(name, "must be a text");
        return string.IsNullOrEmpty(section.Value) ? null : section.Value;
    }

    /// <summary>A whole number within bounds.</summary>
    /// <param name="name">The key inside this section.</param>
    /// <param name="defaultValue">Taken when the key is absent or empty.</param>
    /// <param name="minimum">The least allowed, inclusive.</param>
    /// <param name="maximum">The most allowed, inclusive.</param>
    public int Integer(string name, int defaultValue, int minimum, int maximum)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {minimum} to {maximum}");
        if (Scalar(name, expected).Value is not { Length: > 0 } text)
        {
            return defaultValue;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
                ? value
                : throw Bad(name, $"{expected}; it is {Quote(text)}");
    }

    public bool Boolean(string name, bool defaultValue)
    {
        const string Expected = "must be true or false";
        if (Scalar(name, Expected).Value is not { Length: > 0 } text)
        {
            return defaultValue;
        }

        return bool.TryParse(text, out var value) ? value : throw Bad(name, $"{Expected}; it is {Quote(text)}");
    }

    /// <summary>A list of texts, or one text with commas between them (which is what fits an environment variable).</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var section = Ask(name, []);
        var children = section.GetChildren().ToArray();
        if (Array.Find(children, child => child.Value is null && child.GetChildren().Any()) is { } nested)
        {
            throw new ConfigurationException(nested.Path, "must be a text");
        }

        return children.Length > 0
            ? [.. children.Select(child => child.Value?.Trim() ?? string.Empty)]
            : section.Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    /// <summary>A list of web origins, each as browsers spell it, or "*" for any.</summary>
    public IReadOnlyList<string> Origins(string name) => [.. Texts(name).Select(text => Origin(name, text))];

    public SectionReader Section(string name)
    {
        var reader = new SectionReader(_section.GetSection(name));
        Ask(name, [reader]);
        return string.IsNullOrEmpty(reader._section.Value) ? reader : throw Bad(name, "must be a section with keys of its own");
    }

    /// <summary>A list of sections ("Parley:IceServers:0", "Parley:IceServers:1"...).</summary>
    public IReadOnlyList<SectionReader> Sections(string name)
    {
        var section = _section.GetSection(name);
        SectionReader[] readers = [.. section.GetChildren().Select(child => new SectionReader(child))];
        Ask(name, readers);
        if (!string.IsNullOrEmpty(section.Value) || Array.Exists(readers, reader => !string.IsNullOrEmpty(reader._section.Value)))
        {
            throw Bad(name, "must be a list of sections");
        }

        return readers;
    }

    public void RefuseUnknownKeys()
    {
        if (!string.IsNullOrEmpty(_section.Value))
        {
            throw new ConfigurationException(_section.Path, $"is no key but a section with {string.Join(", ", _asked.Keys)}; it cannot be {Quote(_section.Value)}");
        }

        foreach (var child in _section.GetChildren())
        {
            if (!_asked.TryGetValue(child.Key, out var readers))
            {
                throw new ConfigurationException(child.Path, $"is unknown; {_section.Path} has {string.Join(", ", _asked.Keys)}");
            }

            foreach (var reader in readers)
            {
                reader.RefuseUnknownKeys();
            }
        }
    }

    public ConfigurationException Bad(string name, string problem) => new(KeyOf(name), problem);

    /// <summary>A value as it may stand in a message of one line.</summary>
    public static string Quote(string value)
    {
        var line = string.Concat(value.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= 80 ? $"\"{line}\"" : $"\"{line[..80]}…\"";
    }

    /// <summary>An origin is compared as the browser spells it (RFC 6454, section 6.2), so a wrong spelling would never match.</summary>
    private string Origin(string name, string text)
    {
        if (text == "*")
        {
            return text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/"
            || uri.Fragment.Length > 0
            || uri.UserInfo.Length > 0)
        {
            throw Bad(name, $"must name origins such as https://example.org, or *; it has {Quote(text)}");
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return $"{uri.Scheme}://{host}{(uri.IsDefaultPort ? string.Empty : $":{uri.Port}")}";
    }

    private IConfigurationSection Ask(string name, IReadOnlyList<SectionReader> readers)
    {
        _asked[name] = readers;
        return _section.GetSection(name);
    }

    private IConfigurationSection Scalar(string name, string expected)
    {
        var section = Ask(name, []);
        return section.GetChildren().Any() ? throw Bad(name, $"{expected}, not a list or section") : section;
    }
}
