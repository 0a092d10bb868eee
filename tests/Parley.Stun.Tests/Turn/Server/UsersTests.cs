using System.Text;
using Parley.Core.Time;
using Parley.Stun.Credentials;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class UsersTests
{
    private static readonly byte[] Old = Encoding.ASCII.GetBytes("an-old-secret-of-16-bytes");
    private static readonly byte[] Fresh = Encoding.ASCII.GetBytes("a-new-secret-of-16-bytes");
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void The_known_vector_comes_out() =>
        EphemeralUsers.PasswordOf("1433895918:ninefingers", Encoding.ASCII.GetBytes("north")).ShouldBe("jy8hTxmOO7UtEKXqSkSlvakPVYA=");

    [Fact]
    public void What_is_minted_lets_in_until_it_expires_and_keeps_the_user()
    {
        var users = new EphemeralUsers(TurnWorld.Realm, new WallClock(Start), Fresh);
        Instant now = Instant.FromOrigin(TimeSpan.FromSeconds(5));
        EphemeralCredential minted = users.Mint(now, "room:alice", TimeSpan.FromMinutes(10));

        minted.Username.ShouldBe("1700000605:room:alice");
        minted.Expires.ShouldBe(Start + TimeSpan.FromSeconds(605));
        TurnUser user = users.Find(now, minted.Username).ShouldNotBeNull();
        (user.Id, user.HasExpired).ShouldBe(("room:alice", false));
        users.Find(Instant.FromOrigin(TimeSpan.FromSeconds(605)), minted.Username).ShouldNotBeNull().HasExpired.ShouldBeTrue();

        var world = new TurnWorld(users: users) { Now = now };
        world.Client(user: minted.Username, password: minted.Password).Allocate().Code.ShouldBeNull();
        world.Client("46.0.0.1:2", user: minted.Username, password: "guess").Allocate().Code.ShouldBe(401);
        world.Now = Instant.FromOrigin(TimeSpan.FromSeconds(605));
        world.Client("46.0.0.1:3", user: minted.Username, password: minted.Password).Allocate().Code.ShouldBe(401);
    }

    [Fact]
    public void A_secret_that_is_being_replaced_still_lets_in()
    {
        var clock = new WallClock(Start);
        EphemeralCredential minted = new EphemeralUsers(TurnWorld.Realm, clock, Old).Mint(Instant.Origin, "alice", TimeSpan.FromHours(1));
        var world = new TurnWorld(users: new EphemeralUsers(TurnWorld.Realm, clock, Fresh, Old));
        TestClient client = world.Client(user: minted.Username, password: minted.Password);
        Answer answer = client.Allocate();
        answer.Code.ShouldBeNull();
        Messages.StunIntegrityOf(answer, client.Credential.KeyFor(PasswordAlgorithm.Md5)).ShouldBeTrue();
        new TurnWorld(users: new EphemeralUsers(TurnWorld.Realm, clock, Fresh))
            .Client(user: minted.Username, password: minted.Password).Allocate().Code.ShouldBe(401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData(":alice")]
    [InlineData("1700000605")]
    [InlineData("-5:alice")]
    [InlineData("1e9:alice")]
    [InlineData("99999999999999999999:alice")]
    public void Names_of_another_form_are_nobody(string name) =>
        new EphemeralUsers(TurnWorld.Realm, new WallClock(Start), Fresh).Find(Instant.Origin, name).ShouldBeNull();

    [Fact]
    public void Who_brings_no_name_is_known_by_its_credential()
    {
        var users = new EphemeralUsers(TurnWorld.Realm, new WallClock(Start), Fresh) { IdPrefix = "app:" };
        users.Find(Instant.Origin, "1700000605:").ShouldNotBeNull().Id.ShouldBe("app:1700000605:");
        users.Find(Instant.Origin, "1700000605:bob").ShouldNotBeNull().Id.ShouldBe("app:bob");
    }

    [Fact]
    public void A_call_outlasts_its_credential_by_a_day_at_most()
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        var users = new EphemeralUsers(TurnWorld.Realm, new WallClock(Start), Fresh);
        EphemeralCredential minted = users.Mint(Instant.Origin, "alice", TimeSpan.FromHours(1));
        Instant end = Instant.Origin + TimeSpan.FromHours(1);

        users.Find(end - second, minted.Username).ShouldNotBeNull().HasExpired.ShouldBeFalse();
        users.Find(end, minted.Username).ShouldNotBeNull().HasExpired.ShouldBeTrue();
        users.Find(end + TimeSpan.FromHours(24), minted.Username).ShouldNotBeNull().HasExpired.ShouldBeTrue();
        users.Find(end + TimeSpan.FromHours(24) + second, minted.Username).ShouldBeNull();
    }

    [Theory]
    [InlineData("9223372036854775807:alice", false)]
    [InlineData("0:alice", true)]
    public void The_end_and_the_beginning_of_time_are_only_numbers(string username, bool hasExpired) =>
        new EphemeralUsers(TurnWorld.Realm, new WallClock(Start), Fresh) { LongestCall = TimeSpan.MaxValue }
            .Find(Instant.Origin, username).ShouldNotBeNull().HasExpired.ShouldBe(hasExpired);

    [Fact]
    public void Kinds_of_users_can_be_combined()
    {
        var ephemeral = new EphemeralUsers(TurnWorld.Realm, new WallClock(Start), Fresh);
        var written = new StaticUsers(TurnWorld.Realm, new Dictionary<string, string>(StringComparer.Ordinal) { ["alice"] = "wonderland" });
        var users = new CombinedUsers(written, ephemeral);
        users.Find(Instant.Origin, "alice").ShouldNotBeNull().Id.ShouldBe("alice");
        users.Find(Instant.Origin, "1700000605:bob").ShouldNotBeNull().Id.ShouldBe("bob");
        users.Find(Instant.Origin, "bob").ShouldBeNull();
    }

    [Fact]
    public void Secrets_and_passwords_that_protect_nothing_are_refused()
    {
        Should.Throw<ArgumentException>(() => new EphemeralUsers("r", default));
        Should.Throw<ArgumentException>(() => new EphemeralUsers("r", default, "short"u8.ToArray()));
        foreach ((string name, string password) in new[] { ("", "x"), ("a:b", "x"), ("a", "") })
        {
            Should.Throw<ArgumentException>(() => new StaticUsers("r", new Dictionary<string, string>(StringComparer.Ordinal) { [name] = password }));
        }
    }

    private static class Messages
    {
        public static bool StunIntegrityOf(Answer answer, ReadOnlySpan<byte> key) => Stun.Messages.StunIntegrity.VerifySha1(answer.Read(), key);
    }
}
