using System.Text;
using System.Text.Json;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Tests.Packets;

public sealed class AttachmentDecodingTests
{
    private const string Zero = "{\"_placeholder\":true,\"num\":0}";
    private const string One = "{\"_placeholder\":true,\"num\":1}";

    private readonly SocketIOOptions _options = new();
    private readonly PacketDecoder _decoder;

    public AttachmentDecodingTests() => _decoder = new(_options, new ArgumentSerializer(_options));

    [Fact]
    public void An_event_waits_for_its_attachments()
    {
        Text($"52-/chat,9[\"e\",{Zero},\"x\",{One}]").ShouldBe(DecodeResult.AttachmentsPending);
        Binary([1, 2, 3], out _).ShouldBe(DecodeResult.AttachmentsPending);
        Binary([4], out var packet).ShouldBe(DecodeResult.Packet);

        packet.Type.ShouldBe(PacketType.Event);
        packet.Namespace.ShouldBe("/chat");
        packet.AckId.ShouldBe(9UL);
        packet.Event.ShouldBe("e");
        packet.Arguments!.Attachments.Select(a => a.ToArray()).ShouldBe([[1, 2, 3], [4]]);
        packet.Arguments.Get<byte[]>(0).ShouldBe([1, 2, 3]);
        packet.Arguments.Get<string>(1).ShouldBe("x");
        packet.Arguments.Get<ReadOnlyMemory<byte>>(2).ToArray().ShouldBe([4]);
        packet.Size.ShouldBe(Encoding.UTF8.GetByteCount($"52-/chat,9[\"e\",{Zero},\"x\",{One}]") + 4);
    }

    [Fact]
    public void An_acknowledgement_may_have_attachments_too()
    {
        Text($"61-3[{Zero}]").ShouldBe(DecodeResult.AttachmentsPending);
        Binary([9], out var packet).ShouldBe(DecodeResult.Packet);
        packet.Type.ShouldBe(PacketType.Ack);
        packet.AckId.ShouldBe(3UL);
        packet.Arguments!.Get<Memory<byte>>(0).ToArray().ShouldBe([9]);
    }

    [Fact]
    public void Zero_attachments_are_a_whole_packet()
    {
        Text("50-[\"e\",1]", out var packet).ShouldBe(DecodeResult.Packet);
        packet.Event.ShouldBe("e");
        Text("2[\"next\"]").ShouldBe(DecodeResult.Packet);
    }

    [Fact]
    public void One_attachment_may_stand_in_several_places_at_any_depth()
    {
        Text($"51-[\"e\",{{\"a\":[{Zero}]}},{Zero}]");
        Binary([5], out var packet).ShouldBe(DecodeResult.Packet);
        packet.Arguments!.Get<Nested>(0)!.A[0].ShouldBe([5]);
        packet.Arguments.Get<byte[]>(1).ShouldBe([5]);
    }

    [Fact]
    public void An_empty_attachment_is_one()
    {
        Text($"51-[\"e\",{Zero}]");
        Binary([], out var packet).ShouldBe(DecodeResult.Packet);
        packet.Arguments!.Get<byte[]>(0).ShouldBe([]);
    }

    [Theory]
    [InlineData("{\"_placeholder\":true,\"num\":1}")]
    [InlineData("{\"_placeholder\":true,\"num\":-1}")]
    [InlineData("{\"_placeholder\":true,\"num\":0.5}")]
    [InlineData("{\"_placeholder\":true,\"num\":\"splice\"}")]
    [InlineData("{\"_placeholder\":true,\"num\":99999999999}")]
    [InlineData("{\"_placeholder\":true,\"num\":null}")]
    [InlineData("{\"_placeholder\":true,\"num\":[0]}")]
    [InlineData("{\"_placeholder\":true,\"num\":{\"num\":0}}")]
    [InlineData("{\"_placeholder\":true}")]
    [InlineData("{\"\\u005fplaceholder\":true,\"num\":7}")]
    [InlineData("{\"num\":7,\"_placeholder\":true}")]
    [InlineData("[[{\"x\":{\"_placeholder\":true,\"num\":7}}]]")]
    [InlineData("{\"_placeholder\":{\"_placeholder\":true,\"num\":7}}")]
    [InlineData("{\"\\ud83d\":1}")]
    public void A_placeholder_that_names_no_attachment_or_a_name_that_is_no_text_is_a_violation(string argument) =>
        Text($"51-[\"e\",{argument}]").ShouldBe(DecodeResult.Violation);

    [Theory]
    [InlineData("{\"_placeholder\":false,\"num\":7}")]
    [InlineData("{\"_placeholder\":\"true\",\"num\":7}")]
    [InlineData("{\"_placeholder\":null}")]
    [InlineData("{\"_placeholder\":[true],\"num\":7}")]
    [InlineData("{\"num\":7}")]
    [InlineData("\"_placeholder\"")]
    public void What_only_looks_like_a_placeholder_is_none(string argument) =>
        Text($"51-[\"e\",{argument},{Zero}]").ShouldBe(DecodeResult.AttachmentsPending);

    [Fact]
    public void Text_while_attachments_are_pending_is_a_violation()
    {
        Text($"51-[\"e\",{Zero}]");
        Text("2[\"x\"]").ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void Binary_while_none_is_pending_is_a_violation()
    {
        Binary([1], out _).ShouldBe(DecodeResult.Violation);
        Text($"51-[\"e\",{Zero}]");
        Binary([1], out _).ShouldBe(DecodeResult.Packet);
        Binary([1], out _).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void Attachments_are_bounded_in_number()
    {
        Text($"510-[\"e\",{Zero}]").ShouldBe(DecodeResult.AttachmentsPending);
        new PacketDecoder(_options, new ArgumentSerializer(_options))
            .Read(Encoding.UTF8.GetBytes($"511-[\"e\",{Zero}]"), isBinary: false, out _).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void Attachments_are_bounded_in_bytes_together_with_their_packet()
    {
        var text = $"52-[\"e\",{Zero}]";
        _options.MaxPacketBytes = text.Length + 100;
        Text(text);
        Binary(new byte[60], out _).ShouldBe(DecodeResult.AttachmentsPending);
        Binary(new byte[41], out _).ShouldBe(DecodeResult.Violation);
    }

    [Fact]
    public void Attachments_are_copied_since_buffers_are_reused()
    {
        Text($"51-[\"e\",{Zero}]");
        byte[] buffer = [1, 2];
        Binary(buffer, out var packet);
        buffer[0] = 99;
        packet.Arguments!.Get<byte[]>(0).ShouldBe([1, 2]);
    }

    [Fact]
    public void What_is_no_attachment_is_not_read_as_bytes()
    {
        Text($"51-[\"e\",\"AQID\",{Zero},{{\"num\":0}}]");
        Binary([1], out var packet);

        packet.Arguments!.TryGet<byte[]>(0, out _).ShouldBeFalse();
        packet.Arguments.TryGet<byte[]>(2, out _).ShouldBeFalse();
        packet.Arguments.TryGet<string>(1, out _).ShouldBeFalse();
        packet.Arguments.TryGet<byte[]>(3, out _).ShouldBeFalse();
        packet.Arguments.TryGet<byte[]>(-1, out _).ShouldBeFalse();
        Should.Throw<JsonException>(() => packet.Arguments.Get<byte[]>(0));
        packet.Arguments.Get<byte[]>(3).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => packet.Arguments.GetElement(3));
        Should.Throw<ArgumentOutOfRangeException>(() => packet.Arguments.GetRawJson(-1));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_an_argument_is_its_readers_problem_only()
    {
        Text("2[\"e\",\"\\ud83d\"]", out var packet).ShouldBe(DecodeResult.Packet);
        packet.Arguments!.TryGet<string>(0, out _).ShouldBeFalse();
        Encoding.UTF8.GetString(packet.Arguments.GetRawJson(0).Span).ShouldBe("\"\\ud83d\"");
    }

    private DecodeResult Text(string text) => Text(text, out _);

    private DecodeResult Text(string text, out Packet packet) => _decoder.Read(Encoding.UTF8.GetBytes(text), isBinary: false, out packet);

    private DecodeResult Binary(byte[] bytes, out Packet packet) => _decoder.Read(bytes, isBinary: true, out packet);

    private sealed record Nested(byte[][] A);
}
