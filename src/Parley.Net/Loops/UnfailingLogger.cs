using Microsoft.Extensions.Logging;

namespace Parley.Net.Loops;

/// <summary>
/// A logger that does not fail, whatever the one behind it does: a full disk or a defect in somebody's logging must not end everybody's
/// calls, nor leave an event half applied. What cannot be logged is lost on purpose: there is nobody left to tell.
/// </summary>
internal sealed class UnfailingLogger : ILogger
{
    private readonly ILogger _logger;

    private UnfailingLogger(ILogger logger) => _logger = logger;

    public static UnfailingLogger Around(ILogger logger) => logger as UnfailingLogger ?? new UnfailingLogger(logger);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return _logger.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return _logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Lost on purpose, see above.
            return;
        }
    }
}
