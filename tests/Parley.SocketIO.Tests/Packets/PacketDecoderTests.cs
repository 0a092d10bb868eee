using System.Text;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Tests.Packets;

public sealed class PacketDecoderTests
{
    private readonly SocketIOOptions _options = new();

    [Theory]
    [InlineData("0", "/", "")]
    [InlineData("0{}", "/", "{}")]
    [InlineData("0{\"token\":\"123\"}", "/", "{\"token\":\"123\"}")]
    [InlineData("0/custom", "/custom", "")]
    [InlineData("0/custom,", "/custom", "")]
    [InlineData("0/custom,{\"a\":[]}", "/custom", "{\"a\":[]}")]
    [InlineData("0/,{\"a\":1}", "/", "{\"a\":1}")]
    [InlineData("0/", "/", "")]
    [InlineData("0/admin?token=1,", "/admin?token=1", "")]
    [InlineData("0/ünïcode,", "/ünïcode", "")]
    public void A_connect_packet_has_a_namespace_and_may_have_an_object(string text, string ns, string auth)
    {
        var packet = Read(text);

        packet.Type.ShouldBe(PacketType.Connect);
        packet.Namespace.ShouldBe(ns);
        Encoding.UTF8.GetString(packet.Auth.Span).ShouldBe(auth);
    }

    [Theory]
    [InlineData("1", "/")]
    [InlineData("1/custom", "/custom")]
    [InlineData("1/custom,", "/custom")]
    public void A_disconnect_packet_has_a_namespace_and_nothing_else(string text, string ns)
    {
        var packet = Read(text);

        packet.Type.ShouldBe(PacketType.Disconnect);
        packet.Namespace.ShouldBe(ns);
    }

    [Theory]
    [InlineData("2[\"e\"]", "/", null, "e", new string[0])]
    [InlineData("2[\"e\",1,\"2\",{\"3\":[true]},null]", "/", null, "e", new[] { "1", "\"2\"", "{\"3\":[true]}", "null" })]
    [InlineData("20[\"e\"]", "/", 0, "e", new string[0])]
    [InlineData("2456[\"e\",[]]", "/", 456, "e", new[] { "[]" })]
    [InlineData("2/chat,[\"e\"]", "/chat", null, "e", new string[0])]
    [InlineData("2/chat,12[\"e\"]", "/chat", 12, "e", new string[0])]
    [InlineData("2[7,\"x\"]", "/", null, "7", new[] { "\"x\"" })]
    [InlineData("2[-1.5]", "/", null, "-1.5", new string[0])]
    [InlineData("2[\"\"]", "/", null, "", new string[0])]
    [InlineData("2[\"Connect\"]", "/", null, "Connect", new string[0])]
    [InlineData("2[\"error\"]", "/", null, "error", new string[0])]
    [InlineData("2[\"\\u0065\",{\"_placeholder\":true,\"num\":99}]", "/", null, "e", new[] { "{\"_placeholder\":true,\"num\":99}" })]
    [InlineData("2[ \"e\" , 1 ] ", "/", null, "e", new[] { "1" })]
    public void An_event_has_a_name_and_arguments(string text, string ns, int? ackId, string name, string[] arguments)
    {
        var packet = Read(text);

        packet.Type.ShouldBe(PacketType.Event);
        packet.Namespace.ShouldBe(ns);
        packet.AckId.ShouldBe((ulong?)ackId);
        packet.Event.ShouldBe(name);
        RawArguments(packet).ShouldBe(arguments);
    }

    [Theory]
    [InlineData("30[]", "/", 0, new string[0])]
    [InlineData("3/chat,7[\"a\",{}]", "/chat", 7, new[] { "\"a\"", "{}" })]
    public void An_acknowledgement_has_an_id_and_arguments(string text, string ns, int ackId, string[] arguments)
    {
        var packet = Read(text);

        packet.Type.ShouldBe(PacketType.Ack);
        packet.Namespace.ShouldBe(ns);
        packet.AckId.ShouldBe((ulong)ackId);
        RawArguments(packet).ShouldBe(arguments);
    }

    [Fact]
    public void The_largest_ack_id_is_read_and_a_larger_one_is_not()
    {
        Read("218446744073709551615[\"e\"]").AckId.ShouldBe(ulong.MaxValue);
        ShouldViolate("218446744073709551616[\"e\"]");
        ShouldViolate("2999999999999999999999999[\"e\"]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("9{}")]
    [InlineData("/")]
    [InlineData(" 2[\"e\"]")]
    [InlineData("0[]")]
    [InlineData("0\"auth\"")]
    [InlineData("0null")]
    [InlineData("0{}{}")]
    [InlineData("0{")]
    [InlineData("0{\"a\":}")]
    [InlineData("1{}")]
    [InlineData("1[]")]
    [InlineData("1/custom,\"\"")]
    [InlineData("2")]
    [InlineData("22")]
    [InlineData("2{}")]
    [InlineData("2[]")]
    [InlineData("2[\"e\"")]
    [InlineData("2[\"e\",]")]
    [InlineData("2[\"e\"]]")]
    [InlineData("2[\"e\"][]")]
    [InlineData("2[\"e\" 1]")]
    [InlineData("2[,\"e\"]")]
    [InlineData("2[null]")]
    [InlineData("2[true]")]
    [InlineData("2[{}]")]
    [InlineData("2[[\"e\"]]")]
    [InlineData("2[\"\\ud800\"]")]
    [InlineData("2[\"e\",NaN]")]
    [InlineData("2[\"e\",/**/1]")]
    [InlineData("2-1[\"e\"]")]
    [InlineData("2/chat[\"e\"]")]
    [InlineData("3[]")]
    [InlineData("30")]
    [InlineData("30{}")]
    [InlineData("30\"a\"")]
    [InlineData("4")]
    [InlineData("4\"message\"")]
    [InlineData("4{\"message\":\"x\"}")]
    [InlineData("5")]
    [InlineData("5[\"e\"]")]
    [InlineData("5-[\"e\"]")]
    [InlineData("5a-[\"e\"]")]
    [InlineData("5+1-[\"e\"]")]
    [InlineData("5-1-[\"e\"]")]
    [InlineData("51.5-[\"e\"]")]
    [InlineData("51[\"e\"]")]
    [InlineData("51")]
    [InlineData("51-")]
    [InlineData("511-[\"e\"]")]
    [InlineData("599999999999999999999-[\"e\"]")]
    [InlineData("61-[{\"_placeholder\":true,\"num\":0}]")]
    public void What_the_grammar_does_not_allow_is_a_violation(string text) => ShouldViolate(text);

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    [InlineData("\\u0063onnect")]
    public void Names_that_the_reference_reserves_are_violations(string name)
    {
        ShouldViolate($"2[\"{name}\"]");
        ShouldViolate($"51-[\"{name}\",{{\"_placeholder\":true,\"num\":0}}]");
    }

    [Fact]
    public void Reserved_names_are_allowed_in_acknowledgements() => Read("31[\"connect\"]").Arguments!.Count.ShouldBe(1);

    [Fact]
    public void A_namespace_name_has_a_bound()
    {
        _options.MaxNamespaceNameBytes = 8;
        Read("0/1234567").Namespace.ShouldBe("/1234567");
        ShouldViolate("0/12345678");
        ShouldViolate("0/" + new string('x', 900_000));
        ShouldViolate("0/ääää,");
    }

    [Fact]
    public void Deep_json_is_a_violation_and_costs_no_stack()
    {
        _options.MaxJsonDepth = 5;
        Read("2[\"e\",[[[[]]]]]").Arguments!.Count.ShouldBe(1);
        ShouldViolate("2[\"e\",[[[[[]]]]]]");
        ShouldViolate("0" + string.Concat(Enumerable.Repeat("{\"a\":", 6)) + "1" + new string('}', 6));
        _options.MaxJsonDepth = 1000;
        ShouldViolate("2[\"e\"," + new string('[', 400_000));
        ShouldViolate("51-[\"e\"," + new string('[', 400_000));
    }

    [Fact]
    public void A_packet_has_a_bound()
    {
        _options.MaxPacketBytes = 200;
        Read($"2[\"{new string('x', 195)}\"]").Event!.Length.ShouldBe(195);
        ShouldViolate($"2[\"{new string('x', 196)}\"]");
    }

    [Fact]
    public void Bytes_that_are_not_text_are_no_exception()
    {
        foreach (var text in new byte[][] { [0x80], [(byte)'2', 0xff], [(byte)'0', (byte)'/', 0xc3], [(byte)'2', (byte)'[', (byte)'"', 0xed, 0xa0, 0x80, (byte)'"', (byte)']'] })
        {
            NewDecoder().Read(text, isBinary: false, out var packet).ShouldBeOneOf(DecodeResult.Packet, DecodeResult.Violation);
            _ = packet;
        }
    }

    private Packet Read(string text)
    {
        NewDecoder().Read(Encoding.UTF8.GetBytes(text), isBinary: false, out var packet).ShouldBe(DecodeResult.Packet, text);
        return packet;
    }

    private void ShouldViolate(string text) =>
        NewDecoder().Read(Encoding.UTF8.GetBytes(text), isBinary: false, out _).ShouldBe(DecodeResult.Violation, text[..Math.Min(80, text.Length)]);

    private static string[] RawArguments(Packet packet) =>
        [.. Enumerable.Range(0, packet.Arguments!.Count).Select(i => Encoding.UTF8.GetString(packet.Arguments.GetRawJson(i).Span))];

    private PacketDecoder NewDecoder() => new(_options, new ArgumentSerializer(_options));
}
