using System.Buffers.Text;
using Parley.Server.Configuration;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Seats;

public sealed class SeatTokensTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SeatTokens _tokens;

    public SeatTokensTests() => _tokens = NewTokens("data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("room")]
    [InlineData("комната-1")]
    public void A_token_says_what_the_seat_is(string room)
    {
        var seat = NewSeat(room, order: 3);

        _tokens.TryVerify(_tokens.Issue(seat), out var token).ShouldBeTrue();

        token.ShouldBe(new SeatToken(room, seat.Id, SeatRole.Participant, 3, _time.Now + SeatTokens.Lifetime));
    }

    [Fact]
    public void The_longest_token_keeps_within_512_characters()
    {
        var longest = string.Concat(Enumerable.Repeat("𐐨", 64));

        var token = _tokens.Issue(NewSeat(longest, long.MaxValue));

        token.Length.ShouldBeLessThanOrEqualTo(512);
        _tokens.TryVerify(token, out var read).ShouldBeTrue();
        read.Room.ShouldBe(longest);
    }

    [Fact]
    public void A_token_is_good_after_a_restart_with_the_same_data_folder_and_nowhere_else()
    {
        var token = _tokens.Issue(NewSeat());

        NewTokens("data").TryVerify(token, out _).ShouldBeTrue();
        NewTokens("other").TryVerify(token, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_ends()
    {
        var token = _tokens.Issue(NewSeat());

        _time.Now += SeatTokens.Lifetime - TimeSpan.FromSeconds(1);
        _tokens.TryVerify(token, out _).ShouldBeTrue();
        _time.Now += TimeSpan.FromSeconds(1);
        _tokens.TryVerify(token, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_with_any_byte_changed_or_missing_is_refused()
    {
        var token = Base64Url.DecodeFromChars(_tokens.Issue(NewSeat()));
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToArray();
            changed[i] ^= 1;
            _tokens.TryVerify(Base64Url.EncodeToString(changed), out _).ShouldBeFalse();
            _tokens.TryVerify(Base64Url.EncodeToString(token.AsSpan(0, i)), out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("ü")]
    public void What_is_no_token_is_refused(string text) => _tokens.TryVerify(text, out _).ShouldBeFalse();

    [Fact]
    public void What_is_too_long_is_refused() => _tokens.TryVerify(new string('A', 100_000), out _).ShouldBeFalse();

    private static Seat NewSeat(string room = "room", long order = 1) =>
        new(new Room(room, 2), order, new Participant(ParticipantId.New(), "Ada", 1, default), new RecordingConnection());

    private SeatTokens NewTokens(string folder) => new(SeatKey.ReadOrCreate(new DataFolder(_folder.File(folder))), _time);
}
