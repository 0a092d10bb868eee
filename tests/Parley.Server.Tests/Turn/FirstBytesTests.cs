using System.Buffers;
using System.Text;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class FirstBytesTests
{
    private static readonly byte[] Allocate = [0x00, 0x03, 0x00, 0x08, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3];

    [Fact]
    public void A_magic_cookie_is_STUN() => FirstBytes.IsStun(new(Allocate)).ShouldBe(true);

    [Fact]
    public void Until_the_cookie_is_there_it_may_be_either()
    {
        for (var length = 0; length < 8; length++)
        {
            FirstBytes.IsStun(new(Allocate, 0, length)).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("P")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public void Letters_are_HTTP(string text) => FirstBytes.IsStun(new(Encoding.ASCII.GetBytes(text))).ShouldBe(false);

    [Fact]
    public void What_has_another_cookie_is_no_STUN() => FirstBytes.IsStun(new([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x43])).ShouldBe(false);

    [Fact]
    public void It_does_not_matter_in_which_pieces_it_comes()
    {
        var first = new Piece(Allocate.AsMemory(0, 3));
        var last = first.Append(Allocate.AsMemory(3, 3)).Append(Allocate.AsMemory(6));

        FirstBytes.IsStun(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length)).ShouldBe(true);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
