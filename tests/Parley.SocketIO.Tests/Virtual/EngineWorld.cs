using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.EngineIO.Transports;

namespace Parley.SocketIO.Tests.Virtual;

/// <summary>Engine.IO sessions without network, on a clock of their own.</summary>
internal sealed class EngineWorld
{
    public EngineWorld(Action<SocketIOOptions>? configure = null)
    {
        configure?.Invoke(Options);
        Server = new EngineServer(
            Options, Time, new EngineMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));
    }

    public SocketIOOptions Options { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public EngineServer Server { get; }

    public EngineSession Open(Func<EngineSession, IEngineTransport> transport, IEngineHandler? handler = null)
    {
        using var place = Server.TryAdmit(AddressKey.Of(IPAddress.Loopback), out _);
        var session = place!.Open(transport);
        session.Start(handler ?? new RecordingHandler(), "0{}".ToPacket());
        return session;
    }

    /// <summary>A session that polls; its OPEN packet has been read.</summary>
    public async Task<(EngineSession Session, PollingTransport Polling)> OpenPollingAsync(IEngineHandler? handler = null)
    {
        PollingTransport? polling = null;
        var session = Open(s => polling = new PollingTransport(s), handler);
        (await PollAsync(polling!)).ShouldBe((200, "0{}"));
        return (session, polling!);
    }

    public static async Task<(int Status, string Body)> PollAsync(PollingTransport polling)
    {
        var context = new DefaultHttpContext();
        var body = new MemoryStream();
        context.Response.Body = body;
        await Deadline.For(polling.HandlePollAsync(context), "the poll's answer");
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}

internal static class OutboundPacketText
{
    public static OutboundPacket ToPacket(this string text) => new(Encoding.UTF8.GetBytes(text), IsBinary: false);
}

internal sealed class RecordingHandler : IEngineHandler
{
    public Recorder<string> Messages { get; } = new();

    public Recorder<DisconnectCause> Closed { get; } = new();

    public Func<string, ValueTask>? OnMessage { get; init; }

    public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        var text = isBinary ? Convert.ToHexString(message.Span) : Encoding.UTF8.GetString(message.Span);
        Messages.Add(text);
        return OnMessage?.Invoke(text) ?? ValueTask.CompletedTask;
    }

    public void HandleClosed(DisconnectCause cause) => Closed.Add(cause);
}

/// <summary>A transport that takes nothing until it is told to.</summary>
internal sealed class StuckTransport(EngineSession session) : IEngineTransport
{
    public string Name => "stuck";

    public DisconnectCause? Aborted { get; private set; }

    public void Flush()
    {
    }

    public void Abort(DisconnectCause cause) => Aborted = cause;

    public List<string> Take(int count = int.MaxValue)
    {
        List<string> taken = [];
        lock (session.Gate)
        {
            while (taken.Count < count && session.Outbound.TryPeek(out var packet))
            {
                taken.Add(packet.IsBinary ? Convert.ToHexString(packet.Data.Span) : Encoding.UTF8.GetString(packet.Data.Span));
                session.Outbound.Remove();
            }
        }

        return taken;
    }
}
