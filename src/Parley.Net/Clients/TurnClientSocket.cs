using System.Threading.Channels;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Turn.Client;

namespace Parley.Net.Clients;

/// <summary>A relayed transport address on a TURN server (RFC 8656), used like a socket. All members may be called by any thread.</summary>
public sealed class TurnClientSocket : IAsyncDisposable
{
    private const int MaxMessage = 64 * 1024;
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly EngineClock _clock;
    private readonly TurnClient _engine;
    private readonly ClientTransport _transport;
    private readonly DatagramReceived? _received;
    private readonly Channel<ReceivedDatagram> _queue;
    private readonly ITimer _timer;
    private readonly byte[] _message = new byte[MaxMessage];
    private readonly Action _hasRoom;
    private readonly TaskCompletionSource<TurnClientEvent.Allocated> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PendingAnswers<InternetAddress> _permissions = new();
    private readonly PendingAnswers<TransportAddress> _channels = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _receiving = Task.CompletedTask;
    private Instant? _timerSetTo;
    private bool _disposed;

    private TurnClientSocket(TurnClientSocketOptions options, ClientTransport transport, TimeProvider time)
    {
        _clock = new EngineClock(time);
        _engine = new TurnClient(options.Turn, SecureRandom.Instance);
        _transport = transport;
        _hasRoom = OnRoom;
        _received = options.Received;
        _queue = Channel.CreateBounded<ReceivedDatagram>(new BoundedChannelOptions(options.ReceiveQueue) { FullMode = BoundedChannelFullMode.DropWrite });
        _timer = time.CreateTimer(static socket => ((TurnClientSocket)socket!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Where peers reach this socket.</summary>
    public TransportAddress Relayed => _allocated.Task.Result.Relayed;

    /// <summary>Where the server sees this socket.</summary>
    public TransportAddress Mapped => _allocated.Task.Result.Mapped;

    /// <summary>Where this socket is.</summary>
    public TransportAddress Local => _transport.Local;

    /// <summary>Completes when the allocation has ended as asked, and fails when it has ended otherwise.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Connects to the server and makes an allocation.</summary>
    /// <param name="options">Which server, and as whom.</param>
    /// <param name="time">By which everything is measured.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TurnClientException">The server refuses, or does not answer.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to the server.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server's certificate is not good.</exception>
    public static async Task<TurnClientSocket> AllocateAsync(
        TurnClientSocketOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var socket = new TurnClientSocket(options, await ClientTransport.ConnectAsync(options, cancellationToken), time);
        try
        {
            socket.Begin();
            await socket._allocated.Task.WaitAsync(cancellationToken);
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets a host send to the relayed address, for as long as this socket exists.</summary>
    /// <exception cref="TurnClientException">The server refuses, or does not answer.</exception>
    public Task PermitAsync(InternetAddress peer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _permissions.Ask(peer, Ask).WaitAsync(cancellationToken);
        }

        void Ask()
        {
            _engine.AddPermission(_clock.Now, peer);
            Drain();
        }
    }

    /// <summary>Gives a peer a channel, which saves bytes in everything to and from it.</summary>
    /// <exception cref="TurnClientException">The server refuses, or does not answer.</exception>
    public Task BindChannelAsync(TransportAddress peer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _channels.Ask(peer, Ask).WaitAsync(cancellationToken);
        }

        void Ask()
        {
            _engine.BindChannel(_clock.Now, peer);
            Drain();
        }
    }

    /// <summary>Sends one datagram, at once or not at all: false when there is no room, or no allocation any more.</summary>
    public bool TrySend(TransportAddress peer, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            int length = _disposed ? 0 : _engine.WriteData(_clock.Now, peer, data, _message);
            bool sent = length > 0 && _transport.TrySend(_message.AsSpan(0, length));
            Drain();
            return sent;
        }
    }

    /// <summary>The next datagram of a peer.</summary>
    /// <exception cref="ChannelClosedException">The allocation has ended.</exception>
    public ValueTask<ReceivedDatagram> ReceiveAsync(CancellationToken cancellationToken = default) => _queue.Reader.ReadAsync(cancellationToken);

    /// <summary>Gives the allocation up and waits a moment for the server to agree.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _engine.Close(_clock.Now);
            Drain();
            _disposed = true;
        }

        await Task.WhenAny(_ended.Task, Task.Delay(FarewellTime));
        End(null);
        await _stopping.CancelAsync();
        await _transport.DisposeAsync();
        await _receiving;
        await _timer.DisposeAsync();
        _stopping.Dispose();
    }

    private void Begin()
    {
        lock (_lock)
        {
            _engine.Start(_clock.Now);
            Drain();
        }

        _receiving = ReceiveAllAsync();
    }

    private async Task ReceiveAllAsync()
    {
        await _transport.ReceiveAsync(HandleMessage, _stopping.Token);
        End(new TurnClientException("The connection has ended", null));
    }

    private void HandleMessage(ReadOnlySpan<byte> message)
    {
        TransportAddress peer;
        ReadOnlySpan<byte> data;
        lock (_lock)
        {
            bool isData = _engine.HandleMessage(_clock.Now, message, out peer, out data);
            Drain();
            if (!isData)
            {
                return;
            }
        }

        if (_received is not null)
        {
            _received(peer, data);
            return;
        }

        _queue.Writer.TryWrite(new ReceivedDatagram(peer, data.ToArray()));
    }

    private void OnRoom()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _transport.SendOwed();
            }
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _timerSetTo = null;
            if (_engine.NextTimeout <= _clock.Now)
            {
                _engine.HandleTimeout(_clock.Now);
            }

            Drain();
        }
    }

    private void Drain()
    {
        bool isRead = true;
        while (_engine.TryPollTransmit(out ReadOnlySpan<byte> message))
        {
            isRead &= _transport.Send(message, _hasRoom);
        }

        if (!isRead)
        {
            End(new TurnClientException("The server does not read what it is asked", null));
        }

        while (_engine.TryPollEvent(out TurnClientEvent? happened))
        {
            Apply(happened);
        }

        // A timer that goes off too early costs less than one that is set at every message.
        if (_engine.NextTimeout is { } next && !(_timerSetTo <= next) && !_ended.Task.IsCompleted)
        {
            _timerSetTo = next;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((next - _clock.Now).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        }
    }

    private void Apply(TurnClientEvent happened)
    {
        switch (happened)
        {
            case TurnClientEvent.Allocated allocated:
                _allocated.TrySetResult(allocated);
                break;
            case TurnClientEvent.Permitted(var peer):
                _permissions.Succeed(peer);
                break;
            case TurnClientEvent.PermissionRefused(var peer, var code):
                _permissions.Fail(peer, new TurnClientException($"No permission for {peer}", code));
                break;
            case TurnClientEvent.ChannelBound(var peer, _):
                _channels.Succeed(peer);
                break;
            case TurnClientEvent.ChannelRefused(var peer, var code):
                _channels.Fail(peer, new TurnClientException($"No channel to {peer}", code));
                break;
            case TurnClientEvent.Failed(var code, _):
                End(new TurnClientException("No allocation", code));
                break;
            case TurnClientEvent.Closed:
                End(null);
                break;
        }
    }

    private void End(TurnClientException? failure)
    {
        var reason = failure ?? new TurnClientException("The allocation was given up", null);
        lock (_lock)
        {
            if (_ended.Task.IsCompleted)
            {
                return;
            }

            _allocated.TrySetException(reason);
            _permissions.FailAll(reason);
            _channels.FailAll(reason);
            _queue.Writer.TryComplete(failure);
            if (failure is null)
            {
                _ended.TrySetResult();
            }
            else
            {
                _ended.TrySetException(failure);
            }
        }

        // Nobody has to look.
        _ = _ended.Task.Exception;
        _ = _allocated.Task.Exception;
    }
}
