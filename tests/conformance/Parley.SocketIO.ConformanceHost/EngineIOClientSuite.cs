using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>What the tests of the official Engine.IO client expect of the server they run against.</summary>
internal static class EngineIOClientSuite
{
    private const int MaxPayloadBytes = 100;

    // The POST whose packets are being handled: a session hands them over within the request that brought them.
    private static readonly AsyncLocal<HttpContext?> CurrentRequest = new();

    public static void Configure(SocketIOOptions options) => options.MaxPayloadBytes = MaxPayloadBytes;

    public static void Map(WebApplication app)
    {
        app.Use(AdmitAsync);
        app.MapEngineIO(
            "/engine.io",
            app.Services.GetRequiredService<EngineServer>(),
            static (session, _) => new Answers(session));
    }

    private static async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        CurrentRequest.Value = context;
        if (!context.Request.Query.ContainsKey("sid"))
        {
            if (context.Request.Query.ContainsKey("deny"))
            {
                var isWebSocket = context.Request.Headers.Upgrade.Count > 0;
                var refusal = EngineError.Forbidden;
                await (isWebSocket ? refusal with { StatusCode = StatusCodes.Status400BadRequest } : refusal).WriteAsync(context);
                return;
            }

            context.Response.Headers.SetCookie = new StringValues(
            [
                "1=1; Max-Age=86400",
                "2=2; Path=/; HttpOnly; Secure; SameSite=Strict",
                "3=3; Max-Age=0",
                "4=4; Expires=" + DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture),
            ]);
        }

        await next(context);
    }

    /// <summary>Says "hi" first; then every message comes back, but for three that ask for something.</summary>
    private sealed class Answers(EngineSession session) : IEngineHandler
    {
        public void HandleOpened() => SendText("hi"u8);

        public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary)
        {
            if (isBinary)
            {
                SendBytes(message.ToArray());
                return ValueTask.CompletedTask;
            }

            switch (Encoding.UTF8.GetString(message.Span))
            {
                case "give binary":
                    SendBytes([0, 1, 2, 3, 4]);
                    break;

                case "give utf8":
                    SendText("пойду спать всем спокойной ночи"u8);
                    break;

                case "sendHeaders":
                    SendText(WriteHeaders(CurrentRequest.Value?.Request));
                    break;

                default:
                    SendText(message.Span);
                    break;
            }

            return ValueTask.CompletedTask;
        }

        public void HandleClosed(DisconnectCause cause)
        {
        }

        private static byte[] WriteHeaders(HttpRequest? request)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                foreach (var (name, value) in request?.Headers ?? new HeaderDictionary())
                {
                    json.WriteString(name.ToLowerInvariant(), value.ToString());
                }

                json.WriteEndObject();
            }

            return buffer.ToArray();
        }

        private void SendText(ReadOnlySpan<byte> text) =>
            session.Send(new OutboundPacket((byte[])[EnginePacketType.Message, .. text], false), []);

        private void SendBytes(byte[] bytes) => session.Send(new OutboundPacket(bytes, true), []);
    }
}
