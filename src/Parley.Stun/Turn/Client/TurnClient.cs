using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Messages;
using Parley.Stun.Transactions;

namespace Parley.Stun.Turn.Client;

/// <summary>
/// A TURN client (RFC 8656) with one allocation. Told what arrived and when; says what to send and when to wake it.
/// </summary>
/// <remarks>
/// <para>Not thread-safe. After any call, drain <see cref="TryPollEvent"/> and <see cref="TryPollTransmit"/>, then wait for <see cref="NextTimeout"/>.</para>
/// <para>
/// Permissions and channels may be asked for before there is an allocation: they wait for it. What is asked for before the next
/// <see cref="TryPollTransmit"/> goes into one request. After <see cref="TurnClientEvent.Failed"/> or
/// <see cref="TurnClientEvent.Closed"/> nothing happens any more; to try again, with code 437 from another port, make a new client.
/// </para>
/// </remarks>
public sealed class TurnClient
{
    /// <summary>Of USERNAME, in bytes (RFC 8489, 14.3).</summary>
    private const int MaxUsernameLength = 508;

    private readonly TurnClientOptions _options;
    private readonly IRandomSource _random;
    private readonly TurnRequests _requests;
    private readonly Allocation _allocation;
    private readonly PermissionTable _permissions = new();
    private readonly ChannelTable _channels = new();
    private readonly Queue<TurnClientEvent> _events = [];

    /// <summary>Of the latest call: <see cref="TryPollTransmit"/> makes the requests that it was the occasion of.</summary>
    private Instant _now;

    /// <summary>The owner has given up before the server has answered: if it answers with an allocation, that is given back.</summary>
    private bool _wantsToClose;

    /// <summary>A client with these settings, which begins with <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException">The user name is empty or longer than 508 bytes.</exception>
    public TurnClient(TurnClientOptions options, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Encoding.UTF8.GetByteCount(options.Username) is 0 or > MaxUsernameLength)
        {
            throw new ArgumentException($"A user name has 1 to {MaxUsernameLength} bytes.", nameof(options));
        }

        _options = options;
        _random = random;
        _requests = new TurnRequests(options, random);
        _allocation = new Allocation(options);
    }

    /// <summary>When <see cref="HandleTimeout"/> is to be called; null: nothing pending.</summary>
    public Instant? NextTimeout
    {
        get
        {
            Instant? next = Instant.Earlier(_requests.NextTimeout, _allocation.NextTimeout);
            return _allocation.IsHeld
                ? Instant.Earlier(next, Instant.Earlier(_permissions.NextTimeout, _channels.NextTimeout))
                : next;
        }
    }

    /// <summary>Asks for an allocation.</summary>
    /// <exception cref="InvalidOperationException">It was started already.</exception>
    public void Start(Instant now)
    {
        if (!_allocation.IsIdle)
        {
            throw new InvalidOperationException("A client makes one allocation.");
        }

        _now = now;
        _requests.Send(now, _allocation.Start());
    }

    /// <summary>A datagram, or one frame of a stream, came from the server.</summary>
    /// <param name="now">When.</param>
    /// <param name="message">All of it.</param>
    /// <param name="data">What a peer sent, if that is what came: a part of <paramref name="message"/>.</param>
    /// <param name="peer">Who sent it.</param>
    /// <returns>Whether it was data of a peer.</returns>
    public bool HandleMessage(Instant now, ReadOnlySpan<byte> message, out TransportAddress peer, out ReadOnlySpan<byte> data)
    {
        _now = now;
        peer = default;
        data = default;
        if (ChannelData.LooksLikeChannelData(message))
        {
            return _allocation.IsHeld && ChannelData.TryRead(message, out ushort channel, out data)
                && _channels.TryGetPeer(now, channel, out peer);
        }

        if (!StunMessage.TryRead(message, out StunMessage stun))
        {
            return false;
        }

        if (stun.Class == StunClass.Indication)
        {
            return _allocation.IsHeld && TryReadData(stun, out peer, out data);
        }

        if (_requests.TryHandleResponse(now, stun, out TurnAnswer answer))
        {
            HandleAnswer(now, answer, stun);
        }

        return false;
    }

    /// <summary><see cref="NextTimeout"/> has come.</summary>
    public void HandleTimeout(Instant now)
    {
        _now = now;
        while (_requests.TryHandleTimeout(now, out TurnAnswer answer))
        {
            HandleAnswer(now, answer, default);
        }

        if (_allocation.HasExpired(now))
        {
            End(new TurnClientEvent.Failed(null));
        }
    }

    /// <summary>Lets a host send to the relayed address, until <see cref="RemovePermission"/>; refreshed by itself.</summary>
    public void AddPermission(Instant now, InternetAddress peer)
    {
        _now = now;
        if (!_allocation.HasEnded && !_permissions.TryAdd(now, peer))
        {
            _events.Enqueue(new TurnClientEvent.PermissionRefused(peer, StunErrorCode.InsufficientCapacity));
        }
    }

    /// <summary>Refreshes the permission no more; the server forgets it within 5 minutes.</summary>
    public void RemovePermission(InternetAddress peer) => _permissions.Remove(peer);

    /// <summary>Gives a peer a channel, which everything to it uses once it is bound; refreshed by itself. It brings a permission for its host.</summary>
    public void BindChannel(Instant now, TransportAddress peer)
    {
        _now = now;
        if (!_allocation.HasEnded && !_channels.TryAdd(now, peer))
        {
            _events.Enqueue(new TurnClientEvent.ChannelRefused(peer, StunErrorCode.InsufficientCapacity));
        }
    }

    /// <summary>Writes what carries <paramref name="data"/> to a peer: ChannelData if there is a channel, else a Send indication.</summary>
    /// <returns>Of what was written, in bytes; 0 if there is no allocation or no room.</returns>
    public int WriteData(Instant now, TransportAddress peer, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (!_allocation.IsHeld || data.Length > ushort.MaxValue)
        {
            return 0;
        }

        if (_channels.TryGetNumber(now, peer, out ushort channel))
        {
            bool padded = _options.Transport != TransportProtocol.Udp;
            return ChannelData.LengthOf(data.Length, padded) <= destination.Length
                ? ChannelData.Write(destination, channel, data, padded)
                : 0;
        }

        var writer = new StunMessageWriter(destination, StunMethod.Send, StunClass.Indication, TransactionId.Draw(_random));
        writer.AddXorAddress(StunAttributeType.XorPeerAddress, peer);
        writer.Add(StunAttributeType.Data, data);
        return writer.TryFinish(out int length) ? length : 0;
    }

    /// <summary>
    /// Gives the allocation up. <see cref="TurnClientEvent.Closed"/> follows when the server has answered or is not waited for any more.
    /// </summary>
    public void Close(Instant now)
    {
        _now = now;
        if (_allocation.IsHeld)
        {
            _requests.Clear();
            _requests.Send(now, _allocation.Close());
        }
        else if (_allocation.IsAllocating && _requests.HasSigned)
        {
            _wantsToClose = true;
        }
        else if (!_allocation.IsClosing)
        {
            End(new TurnClientEvent.Closed());
        }
    }

    /// <summary>What to send next; false: nothing. Valid until the next call.</summary>
    public bool TryPollTransmit(out ReadOnlySpan<byte> message)
    {
        MakeRequests();
        return _requests.TryPollTransmit(out message);
    }

    /// <summary>What happened; false: nothing.</summary>
    public bool TryPollEvent([NotNullWhen(true)] out TurnClientEvent? happened) => _events.TryDequeue(out happened);

    private void MakeRequests()
    {
        if (_allocation.TakeDue(_now) is { } refresh)
        {
            _requests.Send(_now, refresh);
        }

        while (_allocation.IsHeld && _permissions.TakeDue(_now) is { } permission)
        {
            _requests.Send(_now, permission);
        }

        while (_allocation.IsHeld && _channels.TakeDue(_now) is { } binding)
        {
            _requests.Send(_now, binding);
        }
    }

    /// <summary>A Data indication; one from a host without a permission is dropped (RFC 8656, 11.4).</summary>
    private bool TryReadData(StunMessage message, out TransportAddress peer, out ReadOnlySpan<byte> data)
    {
        data = default;
        return message.TryGetXorAddress(StunAttributeType.XorPeerAddress, out peer) && message.Method == StunMethod.Data
            && message.TryGet(StunAttributeType.Data, out data)
            && !StunResponses.HasUnknownAttribute(message)
            && (_permissions.Contains(peer.Address) || _channels.HasHost(peer.Address));
    }

    private void HandleAnswer(Instant now, TurnAnswer answer, StunMessage response)
    {
        switch (answer.Request)
        {
            case TurnRequest.Allocate:
                HandleAllocateAnswer(now, answer, response);
                break;
            case TurnRequest.Refresh when _allocation.IsClosing:
                // Whatever the answer is, it is over; 437 says that it was already (RFC 8656, 8.3).
                End(new TurnClientEvent.Closed());
                break;
            case var _ when answer.Code == StunErrorCode.AllocationMismatch:
                // The server knows of no allocation, whatever it was asked.
                End(new TurnClientEvent.Failed(answer.Code));
                break;
            case TurnRequest.Refresh:
                if (!answer.IsSuccess || !_allocation.HandleRefreshed(now, response))
                {
                    End(new TurnClientEvent.Failed(answer.Code));
                }

                break;
            case TurnRequest.CreatePermission request:
                HandlePermissionAnswer(now, request, answer);
                break;
            case TurnRequest.ChannelBind request:
                HandleChannelAnswer(now, request, answer);
                break;
            default:
                throw new UnreachableException("Every request has its case.");
        }
    }

    private void HandleAllocateAnswer(Instant now, TurnAnswer answer, StunMessage response)
    {
        TurnClientEvent? happened = answer.IsSuccess ? _allocation.HandleAllocated(now, response) : null;
        if (happened is null)
        {
            TransportAddress? alternate = answer.Code == StunErrorCode.TryAlternate
                && response.TryGetAddress(StunAttributeType.AlternateServer, out TransportAddress other) ? other : null;
            End(_wantsToClose ? new TurnClientEvent.Closed() : new TurnClientEvent.Failed(answer.Code, alternate));
        }
        else if (_wantsToClose)
        {
            Close(now);
        }
        else
        {
            _events.Enqueue(happened);
        }
    }

    private void HandlePermissionAnswer(Instant now, TurnRequest.CreatePermission request, TurnAnswer answer)
    {
        if (answer.IsSuccess)
        {
            foreach (InternetAddress peer in _permissions.HandleSuccess(now, request))
            {
                _events.Enqueue(new TurnClientEvent.Permitted(peer));
            }

            return;
        }

        foreach (InternetAddress peer in _permissions.HandleFailure(now, request, answer.Code))
        {
            _events.Enqueue(new TurnClientEvent.PermissionRefused(peer, answer.Code));
        }
    }

    private void HandleChannelAnswer(Instant now, TurnRequest.ChannelBind request, TurnAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            _channels.HandleFailure(request);
            _events.Enqueue(new TurnClientEvent.ChannelRefused(request.Peer, answer.Code));
            return;
        }

        _permissions.HandleChannelBound(now, request.Peer.Address);
        if (_channels.HandleSuccess(now, request))
        {
            _events.Enqueue(new TurnClientEvent.ChannelBound(request.Peer, request.Channel));
        }
    }

    private void End(TurnClientEvent happened)
    {
        if (!_allocation.HasEnded)
        {
            _allocation.End();
            _requests.Clear();
            _events.Enqueue(happened);
        }
    }
}
