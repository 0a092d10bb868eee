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
    private readonly SeatClaim _seat = new(ParticipantId.New(), Order: 1, Incarnation: 5);
    private readonly SeatTokens _tokens;

    public SeatTokensTests() => _tokens = NewTokens("data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("room")]
    [InlineData("комната-1")]
    public void A_token_says_what_the_seat_is(string room)
    {
        var seat = new SeatClaim(ParticipantId.New(), Order: 3, Incarnation: 7);

        _tokens.TryVerify(_tokens.Issue(room, seat), out var token).ShouldBeTrue();

        token.ShouldBe(new SeatToken(room, SeatRole.Participant, seat, _time.Now + TimeSpan.FromDays(7)));
    }

    [Fact]
    public void The_longest_token_keeps_within_512_characters()
    {
        var longest = string.Concat(Enumerable.Repeat("𐐨", 64));

        var token = _tokens.Issue(longest, new(ParticipantId.New(), long.MaxValue, long.MaxValue));

        token.Length.ShouldBeLessThanOrEqualTo(512);
        _tokens.TryVerify(token, out var read).ShouldBeTrue();
        read.Room.ShouldBe(longest);
    }

    [Fact]
    public void A_token_is_good_after_a_restart_with_the_same_data_folder_and_nowhere_else()
    {
        var token = _tokens.Issue("room", _seat);

        NewTokens("data").TryVerify(token, out _).ShouldBeTrue();
        NewTokens("other").TryVerify(token, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_ends()
    {
        var token = _tokens.Issue("room", _seat);

        _time.Advance(SeatTokens.Lifetime - TimeSpan.FromSeconds(1));
        _tokens.TryVerify(token, out _).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        _tokens.TryVerify(token, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_with_any_byte_changed_or_missing_is_refused()
    {
        var token = Base64Url.DecodeFromChars(_tokens.Issue("room", _seat));
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToArray();
            changed[i] ^= 1;
            _tokens.TryVerify(Base64Url.EncodeToString(changed), out _).ShouldBeFalse();
            _tokens.TryVerify(Base64Url.EncodeToString(token.AsSpan(0, i)), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_token_is_good_for_its_own_room_and_for_no_earlier_page_load()
    {
        var token = _tokens.Issue("room", _seat);

        _tokens.ClaimOf(token, "room", incarnation: 5).ShouldBe(_seat);
        _tokens.ClaimOf(token, "room", incarnation: 6).ShouldBe(_seat);
        _tokens.ClaimOf(token, "room", incarnation: 4).ShouldBeNull();
        _tokens.ClaimOf(token, "other", incarnation: 5).ShouldBeNull();
        _tokens.ClaimOf(null, "room", incarnation: 5).ShouldBeNull();
        _time.Advance(SeatTokens.Lifetime);
        _tokens.ClaimOf(token, "room", incarnation: 5).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("ü")]
    public void What_is_no_token_is_refused(string text) => _tokens.TryVerify(text, out _).ShouldBeFalse();

    [Fact]
    public void What_is_too_long_is_refused() => _tokens.TryVerify(new string('A', 100_000), out _).ShouldBeFalse();

    private SeatTokens NewTokens(string folder) => new(SeatKey.ReadOrCreate(new DataFolder(_folder.File(folder))), _time);
}
