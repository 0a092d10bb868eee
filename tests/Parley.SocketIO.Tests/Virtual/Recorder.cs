using System.Threading.Channels;

namespace Parley.SocketIO.Tests.Virtual;

/// <summary>What happened on other threads, in order: a test awaits the next thing instead of looking again and again.</summary>
internal sealed class Recorder<T>
{
    private readonly Channel<T> _channel = Channel.CreateUnbounded<T>();

    public void Add(T item) => _channel.Writer.TryWrite(item);

    public Task<T> NextAsync() => Deadline.For(_channel.Reader.ReadAsync().AsTask(), $"the next recorded {typeof(T).Name}");

    public async Task<List<T>> TakeAsync(int count)
    {
        List<T> all = [];
        while (all.Count < count)
        {
            all.Add(await NextAsync());
        }

        return all;
    }

    /// <summary>Whether nothing more was recorded so far.</summary>
    public bool IsEmpty => !_channel.Reader.TryPeek(out _);
}
