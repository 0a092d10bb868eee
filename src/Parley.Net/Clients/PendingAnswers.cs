namespace Parley.Net.Clients;

/// <summary>What was asked of a server, by what it was asked for. Guarded by its owner's lock.</summary>
internal sealed class PendingAnswers<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TaskCompletionSource> _answers = [];
    private Exception? _end;

    /// <summary>Asks, unless that was done already, or nobody answers any more.</summary>
    public Task Ask(TKey key, Action ask)
    {
        if (_end is not null)
        {
            return Task.FromException(_end);
        }

        if (!_answers.TryGetValue(key, out TaskCompletionSource? answer))
        {
            answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _answers.Add(key, answer);
            ask();
        }

        return answer.Task;
    }

    public void Succeed(TKey key)
    {
        if (_answers.TryGetValue(key, out TaskCompletionSource? answer))
        {
            answer.TrySetResult();
        }
    }

    public void Fail(TKey key, Exception reason)
    {
        if (_answers.Remove(key, out TaskCompletionSource? answer))
        {
            answer.TrySetException(reason);
        }
    }

    /// <summary>Nobody answers any more: what was asked fails, and so does what will be.</summary>
    public void FailAll(Exception reason)
    {
        _end = reason;
        foreach (TaskCompletionSource answer in _answers.Values)
        {
            answer.TrySetException(reason);
        }
    }
}
