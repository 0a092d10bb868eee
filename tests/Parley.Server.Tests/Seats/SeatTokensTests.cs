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
    private readonly SeatClaim _seat = NewSeat(incarnation: 5);
    private readonly SeatTokens _tokens;

    public SeatTokensTests() => _tokens = NewTokens("data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("room")]
    [InlineData("комната-1")]
    public void A_token_says_what_the_seat_is(string room)
    {
        _tokens.TryVerify(_tokens.Issue(room, _seat), out var token).ShouldBeTrue();

        token.ShouldBe(new SeatToken(room, _seat, NameCode: 0, _time.Now + TimeSpan.FromDays(7)));
    }

    [Theory]
    [InlineData(false, false, null, false)]
    [InlineData(true, false, null, false)]
    [InlineData(false, true, null, false)]
    [InlineData(false, false, 0, false)]
    [InlineData(false, false, 12, false)]
    [InlineData(false, false, null, true)]
    [InlineData(true, true, 7, true)]
    public void A_token_says_what_the_room_is(bool locked, bool waitingRoom, int? passcode, bool tokensUsed)
    {
        PasscodeCode? code = passcode is { } value ? new((UInt128)value) : null;
        var seat = _seat with { Role = Role.Host, Room = new(new(5, 6), new(locked, waitingRoom, code), tokensUsed) };

        _tokens.TryVerify(_tokens.Issue("room", seat), out var token).ShouldBeTrue();

        token.Claim.ShouldBe(seat);
    }

    [Fact]
    public void A_given_name_is_known_again_and_another_one_is_not_it()
    {
        var token = _tokens.Issue("room", _seat with { GivenName = "Ada" });

        _tokens.ClaimOf(token, "room", 5, "Ada").ShouldBe(_seat with { GivenName = "Ada" });
        _tokens.ClaimOf(token, "room", 5, "Bob").ShouldBe(_seat with { GivenName = SeatClaim.UnprovenName });
        _tokens.ClaimOf(_tokens.Issue("room", _seat), "room", 5, "Bob").ShouldBe(_seat);
    }

    [Fact]
    public void Codes_are_worth_nothing_in_another_room_or_on_another_server()
    {
        var codes = new RoomCodes(SeatKey.ReadOrCreate(new DataFolder(_folder.File("data"))));
        var others = new RoomCodes(SeatKey.ReadOrCreate(new DataFolder(_folder.File("other"))));

        codes.Passcode("room", "1234").ShouldBe(codes.Passcode("room", "1234"));
        codes.Passcode("room", "1234").ShouldNotBe(codes.Passcode("room", "1235"));
        codes.Passcode("room", "1234").ShouldNotBe(codes.Passcode("room1", "234"));
        codes.Passcode("room", "1234").ShouldNotBe(others.Passcode("room", "1234"));
        codes.Name("room", "Ada").ShouldNotBe(codes.Name("other", "Ada"));
    }

    [Fact]
    public void The_longest_token_keeps_within_512_characters()
    {
        var longest = string.Concat(Enumerable.Repeat("𐐨", 64));
        var room = new RoomState(new(long.MaxValue, long.MaxValue), new(Locked: true, WaitingRoom: true, new PasscodeCode(UInt128.MaxValue)), TokensUsed: true);

        var token = _tokens.Issue(longest, new(ParticipantId.New(), long.MaxValue, long.MaxValue, Role.Host, room, longest));

        token.Length.ShouldBe(490);
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

        _tokens.ClaimOf(token, "room", incarnation: 5, "Ada").ShouldBe(_seat);
        _tokens.ClaimOf(token, "room", incarnation: 6, "Ada").ShouldBe(_seat);
        _tokens.ClaimOf(token, "room", incarnation: 4, "Ada").ShouldBeNull();
        _tokens.ClaimOf(token, "other", incarnation: 5, "Ada").ShouldBeNull();
        _tokens.ClaimOf(null, "room", incarnation: 5, "Ada").ShouldBeNull();
        _time.Advance(SeatTokens.Lifetime);
        _tokens.ClaimOf(token, "room", incarnation: 5, "Ada").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("ü")]
    public void What_is_no_token_is_refused(string text) => _tokens.TryVerify(text, out _).ShouldBeFalse();

    [Fact]
    public void What_is_too_long_is_refused() => _tokens.TryVerify(new string('A', 100_000), out _).ShouldBeFalse();

    private static SeatClaim NewSeat(long incarnation) =>
        new(ParticipantId.New(), Order: 1, incarnation, Role.Participant, new(new(Life: 3, Revision: 4), Doors.Open, TokensUsed: false));

    private SeatTokens NewTokens(string folder) => new(SeatKey.ReadOrCreate(new DataFolder(_folder.File(folder))), _time);
}
