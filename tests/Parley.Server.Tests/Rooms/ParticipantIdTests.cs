using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

public sealed class ParticipantIdTests
{
    [Fact]
    public void Ids_are_16_characters_of_base64url_and_differ()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => ParticipantId.New().Value).ToHashSet(StringComparer.Ordinal);

        ids.Count.ShouldBe(1000);
        ids.ShouldAllBe(id => id.Length == 16 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_'));
    }

    [Fact]
    public void An_id_is_read_back_as_written()
    {
        var id = ParticipantId.New();

        ParticipantId.TryParse(id.Value, out var read).ShouldBeTrue();

        read.ShouldBe(id);
        var bytes = new byte[ParticipantId.ByteLength];
        read.CopyBytesTo(bytes);
        ParticipantId.FromBytes(bytes).ShouldBe(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaa=")]
    [InlineData("aaaaaaaaaaaaaa==")]
    [InlineData("aaaaaaa aaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaa\n")]
    [InlineData("aaaaaaaaaaaaaaa+")]
    [InlineData("aaaaaaaaaaaaaaa/")]
    [InlineData("aaaaaaaaaaaaaaaé")]
    public void Nothing_else_is_an_id(string? text) => ParticipantId.TryParse(text, out _).ShouldBeFalse();
}
