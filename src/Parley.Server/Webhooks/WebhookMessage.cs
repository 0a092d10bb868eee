using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parley.Server.Rooms;

namespace Parley.Server.Webhooks;

/// <summary>One event on its way. It keeps its id, whatever happens, so that a receiver knows what it has had before.</summary>
/// <param name="Id">"msg_" and 24 characters of base64url.</param>
/// <param name="Happened">What it tells.</param>
internal sealed record WebhookMessage(string Id, RoomEvent Happened)
{
    private const int IdBytes = 18;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WebhookMessage Of(RoomEvent happened) =>
        new($"msg_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes))}", happened);

    /// <summary>The body, the same at each attempt.</summary>
    public byte[] ToBody()
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("type", Type);
            writer.WriteString("timestamp", Happened.At.UtcDateTime);
            writer.WriteStartObject("data");
            writer.WriteString("room", Happened.Room);
            switch (Happened)
            {
                case RoomEvent.Joined joined:
                    writer.WriteStartObject("participant");
                    writer.WriteString("id", joined.Id.Value);
                    writer.WriteString("name", joined.Name);
                    writer.WriteString("role", joined.Role == Role.Host ? "host" : "participant");
                    writer.WriteEndObject();
                    break;
                case RoomEvent.Left left:
                    writer.WriteStartObject("participant");
                    writer.WriteString("id", left.Id.Value);
                    writer.WriteString("name", left.Name);
                    writer.WriteEndObject();
                    writer.WriteString("reason", ReasonOf(left.Reason));
                    break;
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private string Type => Happened switch
    {
        RoomEvent.Opened => "room.opened",
        RoomEvent.Ended => "room.ended",
        RoomEvent.Joined => "participant.joined",
        _ => "participant.left",
    };

    private static string ReasonOf(LeaveReason reason) => reason switch
    {
        LeaveReason.Left => "left",
        LeaveReason.Gone => "gone",
        LeaveReason.Removed => "removed",
        _ => "ended",
    };
}
