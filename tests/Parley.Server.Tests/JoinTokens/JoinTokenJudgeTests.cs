using Parley.Server.JoinTokens;
using Parley.Server.Jwt;
using Parley.Server.Rooms;
using Parley.Server.Signalling;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.JoinTokens;

public sealed class JoinTokenJudgeTests
{
    private readonly ManualTime _time = new();
    private readonly JoinTokenJudge _judge;

    public JoinTokenJudgeTests() => _judge = new(new(SharedSecrets.Of([ForgedToken.Secret]), _time), new() { Secrets = [ForgedToken.Secret] });

    [Fact]
    public void A_token_gives_what_it_says()
    {
        Grant("\"room\":\"room\"").ShouldBe(new(Role.Participant));
        Grant("""
            "room":"Room","name":" Ada ","role":"host","jti":"7"
            """).ShouldBe(new(Role.Host, "Ada", "jti:7"));
        Grant("""
            "room":"room","role":"participant","name":null,"sub":null,"jti":null,"more":{}
            """).ShouldBe(new(Role.Participant));
    }

    [Fact]
    public void The_person_goes_before_the_token()
    {
        Grant("""
            "room":"room","sub":"7","jti":"8"
            """).Id.ShouldBe("sub:7");
        Grant("\"room\":\"room\",\"jti\":\"7\"").ShouldNotBe(Grant("\"room\":\"room\",\"sub\":\"7\""));
    }

    [Theory]
    [InlineData("комната-1", "КОМНАТА-1")]
    [InlineData("𐐨", "𐐨")]
    public void A_room_has_a_name_in_any_script_and_case(string room, string named) =>
        _judge.Judge(ForgedToken.ForRoom(named), room).ShouldBeOfType<JoinTokenVerdict.Granted>();

    [Theory]
    [InlineData("\"room\":\"other\"", "The token is for another room.")]
    [InlineData("\"room\":\"room \"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"room\":\"*\"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"room\":\"\"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"room\":\"ro\\u0000om\"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"room\":\"\\ud800\"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"room\":[\"room\"]", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"Room\":\"room\"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"role\":\"host\"", "The token has no \"room\" that is the name of one.")]
    [InlineData("\"room\":\"room\",\"name\":\"\"", "The token's \"name\" is no display name: 1 to 64 characters, none of them a control character.")]
    [InlineData("\"room\":\"room\",\"name\":7", "The token's \"name\" is no display name: 1 to 64 characters, none of them a control character.")]
    [InlineData("\"room\":\"room\",\"name\":\"A\\u202Eda\"", "The token's \"name\" is no display name: 1 to 64 characters, none of them a control character.")]
    [InlineData("\"room\":\"room\",\"name\":\"\\udc00\"", "The token's \"name\" is no display name: 1 to 64 characters, none of them a control character.")]
    [InlineData("\"room\":\"room\",\"role\":\"Host\"", "The token's \"role\" is neither \"host\" nor \"participant\".")]
    [InlineData("\"room\":\"room\",\"role\":2", "The token's \"role\" is neither \"host\" nor \"participant\".")]
    [InlineData("\"room\":\"room\",\"role\":\"admin\"", "The token's \"role\" is neither \"host\" nor \"participant\".")]
    [InlineData("\"room\":\"room\",\"jti\":\"\"", "The token's \"sub\" or \"jti\" is no text of 1 to 128 characters.")]
    [InlineData("\"room\":\"room\",\"jti\":7", "The token's \"sub\" or \"jti\" is no text of 1 to 128 characters.")]
    [InlineData("\"room\":\"room\",\"sub\":{}", "The token's \"sub\" or \"jti\" is no text of 1 to 128 characters.")]
    [InlineData("\"room\":\"room\",\"aud\":\"parley-api\"", "The token's \"aud\" is not parley-join: it is made for something else.")]
    [InlineData("\"room\":\"room\",\"aud\":[\"parley-join\",\"parley-api\"]", "The token's \"aud\" is not parley-join: it is made for something else.")]
    [InlineData("\"room\":\"room\",\"aud\":[]", "The token's \"aud\" is not parley-join: it is made for something else.")]
    [InlineData("\"room\":\"room\",\"aud\":7", "The token's \"aud\" is not parley-join: it is made for something else.")]
    public void A_token_that_says_something_else_is_refused(string claims, string message) =>
        Judge(claims).ShouldBe(new JoinTokenVerdict.Refused(message));

    [Fact]
    public void A_long_name_or_id_is_refused()
    {
        Judge($"\"room\":\"room\",\"name\":\"{new string('n', 64)}\",\"sub\":\"{new string('s', 128)}\"").ShouldBeOfType<JoinTokenVerdict.Granted>();
        Judge($"\"room\":\"room\",\"name\":\"{new string('n', 65)}\"").ShouldBeOfType<JoinTokenVerdict.Refused>();
        Judge($"\"room\":\"room\",\"sub\":\"{new string('s', 129)}\"").ShouldBeOfType<JoinTokenVerdict.Refused>();
    }

    [Theory]
    [InlineData("\"aud\":\"parley-join\"")]
    [InlineData("\"aud\":[\"parley-join\"]")]
    [InlineData("\"aud\":null")]
    public void A_token_may_say_that_it_is_for_joining(string audience) => Judge($"\"room\":\"room\",{audience}").ShouldBeOfType<JoinTokenVerdict.Granted>();

    [Fact]
    public void A_token_that_does_not_hold_is_refused_with_the_reason() =>
        _judge.Judge(ForgedToken.Of("{\"room\":\"room\",\"exp\":1}"), "room").ShouldBe(new JoinTokenVerdict.Refused("The token has expired."));

    [Fact]
    public void What_the_server_mints_holds_from_its_beginning_to_its_end()
    {
        var mint = new JoinTokenMint(new(SharedSecrets.Of([ForgedToken.Secret])), _time);
        var token = mint.Mint(new("room", "Ada 𐐨", Role.Host, "7", _time.Now.AddMinutes(10), _time.Now.AddMinutes(20)));

        _judge.Judge(token, "room").ShouldBe(new JoinTokenVerdict.Refused("The token is not valid yet."));
        _time.Advance(TimeSpan.FromMinutes(10));
        _judge.Judge(token, "room").ShouldBe(new JoinTokenVerdict.Granted(new(Role.Host, "Ada 𐐨", "sub:7")));
        _time.Advance(TimeSpan.FromMinutes(10) + JwtReader.Leeway);
        _judge.Judge(token, "room").ShouldBe(new JoinTokenVerdict.Refused("The token has expired."));
    }

    private JoinTokenGrant Grant(string claims) => Judge(claims).ShouldBeOfType<JoinTokenVerdict.Granted>().Grant;

    private JoinTokenVerdict Judge(string claims) => _judge.Judge(ForgedToken.Of($"{{{ForgedToken.ForEver},{claims}}}"), "room");
}
