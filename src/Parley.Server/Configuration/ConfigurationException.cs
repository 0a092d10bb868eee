namespace Parley.Server.Configuration;

/// <summary>A configuration that cannot be honoured. The message is one line that begins with the key.</summary>
internal sealed class ConfigurationException(string key, string problem, Exception? inner = null)
    : Exception($"{key} {problem}", inner)
{
    public string Key { get; } = key;
}
