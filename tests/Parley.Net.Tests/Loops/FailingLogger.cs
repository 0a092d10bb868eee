using Microsoft.Extensions.Logging;

namespace Parley.Net.Tests.Loops;

/// <summary>A logger with a defect, of whoever uses this library.</summary>
internal sealed class FailingLogger : ILogger
{
    private int _asked;

    /// <summary>How often it has failed.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => throw Defect();

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical ? throw Defect() : true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw Defect();

    private IOException Defect()
    {
        Interlocked.Increment(ref _asked);
        return new IOException("No space left on device");
    }
}
