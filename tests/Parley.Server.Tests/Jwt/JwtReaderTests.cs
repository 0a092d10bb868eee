using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Jwt;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Jwt;

public sealed class JwtReaderTests
{
    private const long Now = 1_800_000_000;

    private readonly ManualTime _time = new();
    private readonly JwtReader _reader;

    public JwtReaderTests() => _reader = new(SharedSecrets.Of([ForgedToken.Secret]), _time);

    [Fact]
    public void The_example_of_RFC_7515_appendix_A_1_is_read()
    {
        const string Token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        var key = Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        var reader = new JwtReader(new([key]), new ManualTime(DateTimeOffset.FromUnixTimeSeconds(1_300_819_380 - 1)));

        var claims = reader.Read(Token).Claims.ShouldNotBeNull();

        (claims.Text("iss"), claims.Number("exp"), claims.Has("http://example.com/is_root")).ShouldBe(("joe", 1_300_819_380, true));
    }

    [Fact]
    public void What_the_writer_writes_is_read()
    {
        var token = new JwtWriter(SharedSecrets.Of([ForgedToken.Secret])).Write(claims =>
        {
            claims.WriteString("text", "Ada \"𐐨\" ü");
            claims.WriteNumber("exp", Now + 1);
        });

        _reader.Read(token).Claims.ShouldNotBeNull().Text("text").ShouldBe("Ada \"𐐨\" ü");
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"HS512"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{}""")]
    public void Another_algorithm_is_refused_though_the_signature_is_right(string header)
    {
        var token = ForgedToken.Of($"{{{ForgedToken.ForEver}}}", header);

        _reader.Read(token).Problem.ShouldBe("The token's \"alg\" is not HS256.");
        _reader.Read($"{token[..token.LastIndexOf('.')]}.").Problem.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{"alg":"HS256","alg":"none"}""")]
    [InlineData("""{"alg":"none","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWE"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"HS256","crit":["b64"],"b64":false}""")]
    [InlineData("""["HS256"]""")]
    [InlineData("""HS256""")]
    [InlineData("""{"alg":"HS256\ud800"}""")]
    [InlineData("""{"\ud800":1,"alg":"HS256","\udc00":2}""")]
    [InlineData("""{"alg":"HS256","kid":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""")]
    public void A_header_that_is_not_plain_is_refused(string header) =>
        _reader.Read(ForgedToken.Of($"{{{ForgedToken.ForEver}}}", header)).ShouldSatisfyAllConditions(
            reading => reading.Claims.ShouldBeNull(),
            reading => reading.Problem.ShouldNotBeEmpty());

    [Theory]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"typ":"jwt","alg":"HS256","kid":"2026-11"}""")]
    public void A_plain_header_is_enough(string header) =>
        _reader.Read(ForgedToken.Of($"{{{ForgedToken.ForEver}}}", header)).Claims.ShouldNotBeNull();

    [Theory]
    [InlineData("""{"exp":9999999999,"room":"a","room":"b"}""")]
    [InlineData("""{"exp":1,"exp":9999999999}""")]
    [InlineData("""{"exp":9999999999,"\u0065xp":1}""")]
    [InlineData("""[9999999999]""")]
    [InlineData("""{"exp":9999999999""")]
    [InlineData("""{"exp":9999999999} {}""")]
    [InlineData("""{"exp":9999999999,}""")]
    [InlineData("")]
    public void Claims_that_can_be_read_in_two_ways_or_in_none_are_refused(string claims) =>
        _reader.Read(ForgedToken.Of(claims)).Claims.ShouldBeNull();

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused() =>
        _reader.Read(ForgedToken.Of([.. "{\"exp\":9999999999,\"name\":\""u8, 0xC3, .. "\"}"u8], [.. Encoding.UTF8.GetBytes(ForgedToken.Header)]))
            .Problem.ShouldBe("The token's claims are no JSON object, or one stands there twice.");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":"9999999999"}""")]
    [InlineData("""{"exp":true}""")]
    [InlineData("""{"exp":1e999}""")]
    public void A_token_without_an_end_is_refused(string claims) =>
        _reader.Read(ForgedToken.Of(claims)).Problem.ShouldBe("The token has no \"exp\", a number of seconds since 1970.");

    [Theory]
    [InlineData(Now - 60, false)]
    [InlineData(Now - 59, true)]
    [InlineData(0, false)]
    [InlineData(-1e300, false)]
    [InlineData(1e300, true)]
    [InlineData(Now + 0.5, true)]
    public void A_token_ends_at_its_end_and_a_minute(double end, bool holds)
    {
        var reading = _reader.Read(ForgedToken.Of(string.Create(CultureInfo.InvariantCulture, $$"""{"exp":{{end:R}}}""")));

        (reading.Claims is not null).ShouldBe(holds);
        reading.Problem.ShouldBe(holds ? string.Empty : "The token has expired.");
    }

    [Theory]
    [InlineData("1800000060", true)]
    [InlineData("1800000060.5", false)]
    [InlineData("1800000061", false)]
    [InlineData("\"1700000000\"", false)]
    [InlineData("1e999", false)]
    [InlineData("null", true)]
    public void A_token_does_not_hold_before_its_time(string begin, bool holds) =>
        (_reader.Read(ForgedToken.Of($$"""{"nbf":{{begin}},{{ForgedToken.ForEver}}}""")).Claims is not null).ShouldBe(holds);

    [Theory]
    [InlineData("1800000000", true)]
    [InlineData("\"yesterday\"", false)]
    public void When_it_was_issued_is_a_number(string issued, bool holds) =>
        (_reader.Read(ForgedToken.Of($$"""{"iat":{{issued}},{{ForgedToken.ForEver}}}""")).Claims is not null).ShouldBe(holds);

    [Fact]
    public void A_token_with_any_character_changed_or_missing_is_refused()
    {
        var token = ForgedToken.ForRoom("room", ("name", "Ada"));
        _reader.Read(token).Claims.ShouldNotBeNull();
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in "Ab0-.= \n")
            {
                if (token[i] != other)
                {
                    _reader.Read($"{token[..i]}{other}{token[(i + 1)..]}").Claims.ShouldBeNull($"{i} {other}");
                }
            }

            _reader.Read(token[..i]).Claims.ShouldBeNull();
            _reader.Read(token.Insert(i, "\n")).Claims.ShouldBeNull();
        }
    }

    [Fact]
    public void A_signature_has_one_spelling()
    {
        // 43 characters carry 258 bits, and 256 are signed: four spellings decode to the same bytes.
        var token = ForgedToken.ForRoom("room");
        var readable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Count(last => _reader.Read($"{token[..^1]}{last}").Claims is not null);

        readable.ShouldBe(1);
        _reader.Read($"{token}=").Claims.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a.b.c")]
    [InlineData("nonsense")]
    [InlineData("ü.ü.ü")]
    [InlineData("𐐨")]
    [InlineData("\ud800")]
    [InlineData("a.b.c.d.e")]
    public void What_is_no_token_is_refused(string text) => _reader.Read(text).ShouldSatisfyAllConditions(
        reading => reading.Claims.ShouldBeNull(),
        reading => reading.Problem.ShouldNotBeEmpty());

    [Fact]
    public void A_token_has_2048_characters_at_the_most()
    {
        string Padded(int length) => ForgedToken.Of($$"""{"exp":9999999999,"pad":"{{new string('x', length)}}"}""");
        var longest = Enumerable.Range(1300, 300).Select(Padded).Last(token => token.Length <= JwtReader.MaxLength);

        _reader.Read(longest).Claims.ShouldNotBeNull();
        _reader.Read(Padded(1600)).Problem.ShouldBe("The token is longer than 2048 characters.");
        _reader.Read(new string('.', 1_000_000)).Claims.ShouldBeNull();
    }

    [Fact]
    public void Of_several_secrets_the_first_signs_and_all_verify()
    {
        const string Next = "the secret that comes next, with 32 bytes or more";
        var token = ForgedToken.ForRoom("room");
        var rotating = SharedSecrets.Of([Next, ForgedToken.Secret]);

        new JwtReader(rotating, _time).Read(token).Claims.ShouldNotBeNull();
        var written = new JwtWriter(rotating).Write(claims => claims.WriteNumber("exp", Now + 1));
        new JwtReader(SharedSecrets.Of([Next]), _time).Read(written).Claims.ShouldNotBeNull();
        _reader.Read(written).Problem.ShouldBe("The token's signature is wrong.");
        new JwtReader(SharedSecrets.Of([Next]), _time).Read(token).Claims.ShouldBeNull();
    }

    [Fact]
    public void A_token_signed_with_a_longer_hash_is_refused()
    {
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256"}"""u8)}.{Base64Url.EncodeToString("""{"exp":9999999999}"""u8)}";
        var signature = HMACSHA512.HashData(Encoding.UTF8.GetBytes(ForgedToken.Secret), Encoding.ASCII.GetBytes(signed));

        _reader.Read($"{signed}.{Base64Url.EncodeToString(signature)}").Problem.ShouldBe("The token's signature is wrong.");
    }
}
