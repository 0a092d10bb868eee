using Parley.Server.IceServers;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.IceServers;

public sealed class IceServerIssuerTests
{
    private readonly ManualTime _time = new();
    private readonly ParticipantId _participant = ParticipantId.New();

    [Fact]
    public void A_password_is_what_TURN_servers_compute_from_the_secret()
    {
        // A known vector of the TURN REST scheme.
        IceServerIssuer.Mint("north", "1433895918:ninefingers").ShouldBe("jy8hTxmOO7UtEKXqSkSlvakPVYA=");
    }

    [Fact]
    public void No_servers_means_an_empty_list_that_never_ends()
    {
        var list = Issue();

        list.Servers.ShouldBeEmpty();
        list.ExpiresAt.ShouldBeNull();
    }

    [Fact]
    public void Servers_without_short_lived_credentials_stand_as_configured()
    {
        var list = Issue(
            new(["stun:example.org"], null),
            new(["turn:example.org", "turns:example.org"], new TurnCredentials.Static("ada", "lovelace")));

        list.Servers[0].ShouldSatisfyAllConditions(
            server => server.Urls.ShouldBe(["stun:example.org"]),
            server => server.Username.ShouldBeNull(),
            server => server.Credential.ShouldBeNull());
        list.Servers[1].ShouldSatisfyAllConditions(
            server => server.Urls.ShouldBe(["turn:example.org", "turns:example.org"]),
            server => server.Username.ShouldBe("ada"),
            server => server.Credential.ShouldBe("lovelace"));
        list.ExpiresAt.ShouldBeNull();
    }

    [Fact]
    public void Minted_credentials_name_the_participant_and_their_end()
    {
        var server = Issue(new IceServerOptions(["turn:example.org"], new TurnCredentials.Minted("north", TimeSpan.FromMinutes(10)))).Servers.Single();

        server.Username.ShouldBe($"1800000600:{_participant}");
        server.Credential.ShouldBe(IceServerIssuer.Mint("north", server.Username!));
    }

    [Fact]
    public void The_list_ends_with_the_first_of_its_credentials()
    {
        Issue(
            new(["turn:a.example"], new TurnCredentials.Minted("one", TimeSpan.FromMinutes(20))),
            new(["turn:b.example"], new TurnCredentials.Minted("two", TimeSpan.FromMinutes(10))),
            new(["turn:c.example"], new TurnCredentials.Static("ada", "lovelace")))
            .ExpiresAt.ShouldBe(1_800_000_600_000);
    }

    private IceServerList Issue(params IceServerOptions[] options) => new IceServerIssuer(options, _time).IssueFor(_participant);
}
