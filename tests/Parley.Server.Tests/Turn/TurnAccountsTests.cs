using Parley.Core.Time;
using Parley.Server.IceServers;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;
using Parley.Stun.Credentials;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Tests.Turn;

public sealed class TurnAccountsTests
{
    private const string North = "the northern secret";
    private const string South = "the southern secret";

    private readonly ManualTime _time = new();

    [Fact]
    public void A_credential_is_good_for_whoever_is_here()
    {
        var accounts = new TurnAccounts(new(), _time);
        var (username, password) = accounts.Open("ada").Mint(_time.Now.AddHours(6));

        username.ShouldBe("1800021600:ada");
        var user = accounts.Find(Instant.Origin, username).ShouldNotBeNull();
        user.HasExpired.ShouldBeFalse();
        ShouldBeProvedBy(user, username, password);
        accounts.Find(Instant.Origin, "1800021600:ben").ShouldBeNull();
    }

    [Fact]
    public void All_credentials_of_one_account_count_together()
    {
        var accounts = new TurnAccounts(new(), _time);
        var first = accounts.Open("ada").Mint(_time.Now.AddHours(1));
        var second = accounts.Open("ada").Mint(_time.Now.AddHours(2));

        Find(accounts, first.Username).Id.ShouldBe(Find(accounts, second.Username).Id);
        first.Password.ShouldNotBe(second.Password, StringComparer.Ordinal);
    }

    [Fact]
    public void An_expired_credential_is_known_as_such_while_its_holder_is_here()
    {
        var accounts = new TurnAccounts(new(), _time);
        var (username, _) = accounts.Open("ada").Mint(_time.Now.AddHours(6));

        _time.Advance(TimeSpan.FromHours(6));

        Find(accounts, username).HasExpired.ShouldBeTrue();
    }

    [Fact]
    public void With_the_account_its_credentials_end_and_do_not_come_back()
    {
        var accounts = new TurnAccounts(new(), _time);
        var (username, password) = accounts.Open("ada").Mint(_time.Now.AddHours(6));
        var userId = Find(accounts, username).Id;

        accounts.Close("ada").ShouldBe(userId);

        accounts.Find(Instant.Origin, username).ShouldBeNull();
        accounts.Close("ada").ShouldBeNull();

        // The same participant, with its seat token: what is revoked late of the old account is not what the new one has.
        accounts.Open("ada").Mint(_time.Now.AddHours(6)).Password.ShouldNotBe(password, StringComparer.Ordinal);
        Find(accounts, username).Id.ShouldNotBe(userId, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData(":ada")]
    [InlineData("x:ada")]
    [InlineData("-1:ada")]
    [InlineData("99999999999999999999:ada")]
    [InlineData("1800021600")]
    [InlineData("1800021600:")]
    [InlineData("1800021600:ada:ada")]
    public void Names_of_another_form_are_nobodys(string username)
    {
        var accounts = new TurnAccounts(new(), _time);
        accounts.Open("ada");

        accounts.Find(Instant.Origin, username).ShouldBeNull();
    }

    [Fact]
    public void A_static_user_has_its_password_for_ever()
    {
        var accounts = new TurnAccounts(new() { Users = [new("ada", "lovelace")] }, _time);

        ShouldBeProvedBy(Find(accounts, "ada"), "ada", "lovelace");
        Find(accounts, "ada").HasExpired.ShouldBeFalse();
    }

    [Fact]
    public void Another_application_makes_credentials_from_any_of_the_secrets()
    {
        var accounts = new TurnAccounts(new() { Secrets = [North, South] }, _time);
        var user = Find(accounts, "1800000060:ada");

        ShouldBeProvedBy(user.Credential, "1800000060:ada", IceServerIssuer.Mint(North, "1800000060:ada"));
        ShouldBeProvedBy(user.Alternatives.ShouldHaveSingleItem(), "1800000060:ada", IceServerIssuer.Mint(South, "1800000060:ada"));
        Find(accounts, "1800000120:ada").Id.ShouldBe(user.Id);
        Find(accounts, "1800000120:ben").Id.ShouldNotBe(user.Id, StringComparer.Ordinal);
    }

    [Fact]
    public void A_call_of_another_application_outlasts_its_credential_by_a_day_at_most()
    {
        var accounts = new TurnAccounts(new() { Secrets = [North] }, _time);

        Find(accounts, "1800000000:ada").HasExpired.ShouldBeTrue();
        _time.Advance(TimeSpan.FromHours(24));
        Find(accounts, "1800000000:ada").HasExpired.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        accounts.Find(Instant.Origin, "1800000000:ada").ShouldBeNull();
    }

    [Fact]
    public void A_secret_gives_nobody_the_place_of_a_participant()
    {
        var accounts = new TurnAccounts(new() { Secrets = [North] }, _time);
        var account = accounts.Open("ada");
        var (username, password) = account.Mint(_time.Now.AddHours(6));

        var user = Find(accounts, username);

        user.Id.ShouldBe(account.UserId);
        user.Alternatives.ShouldBeEmpty();
        ShouldBeProvedBy(user, username, password);
    }

    private static TurnUser Find(TurnAccounts accounts, string username) => accounts.Find(Instant.Origin, username).ShouldNotBeNull();

    private static void ShouldBeProvedBy(TurnUser user, string username, string password) => ShouldBeProvedBy(user.Credential, username, password);

    private static void ShouldBeProvedBy(StunCredential credential, string username, string password)
    {
        credential.Username.ShouldBe(username);
        var expected = new StunCredential(username, TurnAccounts.Realm, password);
        credential.KeyFor(PasswordAlgorithm.Md5).ToArray().ShouldBe(expected.KeyFor(PasswordAlgorithm.Md5).ToArray());
    }
}
