namespace Parley.SocketIO;

/// <summary>
/// Emits an event to many sockets and waits for all their acknowledgements, until its time limit. Made by
/// <see cref="BroadcastOperator.Timeout"/>. Without a receiver the answer is an empty list, at once.
/// </summary>
public readonly struct BroadcastAckRequest
{
    private readonly BroadcastOperator _receivers;
    private readonly TimeSpan _limit;

    internal BroadcastAckRequest(BroadcastOperator receivers, TimeSpan limit) => (_receivers, _limit) = (receivers, limit);

    /// <summary>Emits an event with no arguments; everybody's acknowledgement.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync(string name, CancellationToken cancellationToken = default) =>
        _receivers.EmitWithAckAsync(name, 0, static (_, _) => { }, _limit, cancellationToken);

    /// <summary>Emits an event with one argument; everybody's acknowledgement.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1>(
        string name, T1 arg1, CancellationToken cancellationToken = default) =>
        _receivers.EmitWithAckAsync(name, arg1, static (writer, a) => writer.Write(a), _limit, cancellationToken);

    /// <summary>Emits an event with two arguments; everybody's acknowledgement.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1, T2>(
        string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        _receivers.EmitWithAckAsync(name, (arg1, arg2), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
        }, _limit, cancellationToken);

    /// <summary>Emits an event with three arguments; everybody's acknowledgement.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1, T2, T3>(
        string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        _receivers.EmitWithAckAsync(name, (arg1, arg2, arg3), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
        }, _limit, cancellationToken);

    /// <summary>Emits an event with four arguments; everybody's acknowledgement.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1, T2, T3, T4>(
        string name, T1 arg1, T2 arg2, T3 arg3, T4 arg4, CancellationToken cancellationToken = default) =>
        _receivers.EmitWithAckAsync(name, (arg1, arg2, arg3, arg4), static (writer, a) =>
        {
            writer.Write(a.arg1);
            writer.Write(a.arg2);
            writer.Write(a.arg3);
            writer.Write(a.arg4);
        }, _limit, cancellationToken);

    /// <summary>Emits an event with arguments that were received; everybody's acknowledgement.</summary>
    /// <exception cref="BroadcastAckException">One or more did not come; it has those that did.</exception>
    public Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync(
        string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        _receivers.EmitWithAckAsync(name, arguments, static (writer, a) => writer.Forward(a), _limit, cancellationToken);
}

/// <summary>Broadcasts with acknowledgements, within <see cref="SocketIOOptions.AckTimeout"/>.</summary>
public static class BroadcastWithAckExtensions
{
    /// <inheritdoc cref="BroadcastAckRequest.EmitWithAckAsync(string, CancellationToken)"/>
    public static Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync(
        this BroadcastOperator receivers, string name, CancellationToken cancellationToken = default) =>
        Default(receivers).EmitWithAckAsync(name, cancellationToken);

    /// <inheritdoc cref="BroadcastAckRequest.EmitWithAckAsync{T1}(string, T1, CancellationToken)"/>
    public static Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1>(
        this BroadcastOperator receivers, string name, T1 arg1, CancellationToken cancellationToken = default) =>
        Default(receivers).EmitWithAckAsync(name, arg1, cancellationToken);

    /// <inheritdoc cref="BroadcastAckRequest.EmitWithAckAsync{T1, T2}(string, T1, T2, CancellationToken)"/>
    public static Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1, T2>(
        this BroadcastOperator receivers, string name, T1 arg1, T2 arg2, CancellationToken cancellationToken = default) =>
        Default(receivers).EmitWithAckAsync(name, arg1, arg2, cancellationToken);

    /// <inheritdoc cref="BroadcastAckRequest.EmitWithAckAsync{T1, T2, T3}(string, T1, T2, T3, CancellationToken)"/>
    public static Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1, T2, T3>(
        this BroadcastOperator receivers, string name, T1 arg1, T2 arg2, T3 arg3, CancellationToken cancellationToken = default) =>
        Default(receivers).EmitWithAckAsync(name, arg1, arg2, arg3, cancellationToken);

    /// <inheritdoc cref="BroadcastAckRequest.EmitWithAckAsync{T1, T2, T3, T4}(string, T1, T2, T3, T4, CancellationToken)"/>
    public static Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<T1, T2, T3, T4>(
        this BroadcastOperator receivers,
        string name,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        CancellationToken cancellationToken = default) =>
        Default(receivers).EmitWithAckAsync(name, arg1, arg2, arg3, arg4, cancellationToken);

    /// <inheritdoc cref="BroadcastAckRequest.EmitWithAckAsync(string, EventArguments, CancellationToken)"/>
    public static Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync(
        this BroadcastOperator receivers, string name, EventArguments arguments, CancellationToken cancellationToken = default) =>
        Default(receivers).EmitWithAckAsync(name, arguments, cancellationToken);

    private static BroadcastAckRequest Default(BroadcastOperator receivers)
    {
        ArgumentNullException.ThrowIfNull(receivers);
        return receivers.Timeout(receivers.AckTimeout);
    }
}
