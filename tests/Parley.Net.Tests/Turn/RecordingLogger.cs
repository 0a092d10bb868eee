using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Parley.Net.Tests.Turn;

/// <summary>Keeps what was logged, of level information and above.</summary>
internal sealed class RecordingLogger : ILogger
{
    public ConcurrentQueue<(string? Event, LogLevel Level, string Text)> Entries { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((eventId.Name, logLevel, formatter(state, exception)));
}
