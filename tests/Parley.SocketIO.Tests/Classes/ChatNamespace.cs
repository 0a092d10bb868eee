using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Classes;

/// <summary>What an instance is given by the services: for as long as its socket lives.</summary>
internal sealed class Journal : IAsyncDisposable
{
    public Guid Id { get; } = Guid.NewGuid();

    public Recorder<string>? Heard { get; set; }

    public ValueTask DisposeAsync()
    {
        Heard?.Add("scope disposed");
        return ValueTask.CompletedTask;
    }
}

internal sealed record Line(string Text, int Size);

[TypedClient]
internal partial interface IChatClient
{
    void Said(string from, Line line);

    [EventName("how many")]
    EmitResult HowMany(int count);

    ValueTask<EmitResult> ChunkAsync(byte[] bytes, CancellationToken cancellationToken = default);

    Task<int> AskAgeAsync(string why, CancellationToken cancellationToken = default);

    Task<string?> AskNickname();

    Task Ready();

    Task<EventArguments> Everything(int a, int b, int c, int d, int e, int f, int g, int h, int i);

    Task<IReadOnlyList<BroadcastAnswer<bool>>> Vote(string motion);
}

/// <summary>A namespace with one of everything.</summary>
[Namespace("chat")]
internal sealed partial class ChatNamespace(
    Journal journal, Socket given, Recorder<string> heard, [FromKeyedServices("colour")] string colour, TimeProvider? time = null)
    : NamespaceHandler<IChatClient>, IAsyncDisposable
{
    private int _lines;

    protected override ValueTask<ConnectResult> OnConnectingAsync()
    {
        journal.Heard = heard;
        heard.Add($"connecting {ReferenceEquals(given, Socket)} {Socket.Connected} {time is not null}");
        return new(Socket.Handshake.Auth.TryGetProperty("refuse", out var why) ? ConnectResult.Refuse(why.GetString()!) : ConnectResult.Accept);
    }

    protected override ValueTask OnConnectedAsync()
    {
        heard.Add($"connected {Socket.Connected}");
        Socket.Join("everybody");
        return ValueTask.CompletedTask;
    }

    protected override ValueTask OnDisconnectedAsync(DisconnectReason reason)
    {
        heard.Add($"disconnected {reason.Cause} {Socket.Rooms.Count} {ConnectionAborted.IsCancellationRequested}");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        heard.Add("disposed");
        return ValueTask.CompletedTask;
    }

    [On("say")]
    public int Say(Line line)
    {
        Others.Said(colour, line);
        return ++_lines;
    }

    [On]
    public void JoinRoomAsync(string room) => Socket.Join(room);

    [On("sum")]
    public async Task<int> SumAsync(int a, CancellationToken cancellationToken, int b = 7, int? c = null)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return a + b + (c ?? 0);
    }

    [On("names")]
    internal ValueTask<(string First, string? Second)> NamesAsync(string? first) => new((first ?? "nobody", null));

    [On("all")]
    public EventArguments All(EventArguments all) => all;

    [On("own ack")]
    public void OwnAck(SocketEvent e, string text) => e.Ack(text, e.Name, e.Socket.Id == Socket.Id);

    [On("services")]
    public string Services([FromServices] Journal own, [FromKeyedServices("colour")] string painted, JsonElement rest) =>
        $"{own.Id != journal.Id} {painted} {rest.GetRawText()}";

    [On("journal")]
    public Guid JournalId() => journal.Id;

    [On("refuse")]
    public void Refuse(string why) => throw new EventRefusedException(why, JsonElement.Parse("{\"code\":1}"));

    [On("fail")]
    public Task FailAsync() => Task.FromException(new InvalidOperationException("on purpose"));

    [On("wait")]
    public async ValueTask WaitAsync(CancellationToken aborted)
    {
        heard.Add("waiting");
        await new TaskCompletionSource().Task.WaitAsync(aborted);
    }

    [OnAny]
    public void Hear(string name, SocketEvent e, EventArguments arguments)
    {
        if (e.Name == name && name.StartsWith('?'))
        {
            heard.Add($"any {name} {arguments.Count}");
        }
    }
}
