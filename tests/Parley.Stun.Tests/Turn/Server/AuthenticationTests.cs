using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class AuthenticationTests
{
    private readonly TurnWorld _world = new();

    [Fact]
    public void A_stranger_is_challenged_with_everything_it_needs_and_it_is_no_failure()
    {
        Answer answer = _world.Client().Send(TestClient.Plain(StunMethod.Allocate, StunClass.Request, TestClient.NewTransaction())).ShouldNotBeNull();

        answer.Code.ShouldBe(401);
        answer.Attributes.ShouldBe([
            StunAttributeType.ErrorCode, StunAttributeType.Realm, StunAttributeType.Nonce, StunAttributeType.PasswordAlgorithms]);
        Encoding.UTF8.GetString(answer.Get(StunAttributeType.Realm).ShouldNotBeNull()).ShouldBe("parley");
        answer.Get(StunAttributeType.PasswordAlgorithms).ShouldBe([0, 2, 0, 0, 0, 1, 0, 0]);
        answer.Bytes.Length.ShouldBeLessThanOrEqualTo(90, "it is sent to whoever is named as the sender");
        _world.Server.Counters.AuthenticationFailures.ShouldBe(0);
        _world.Server.AllocationsAndOpenings.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(PasswordAlgorithm.Md5, false)]
    [InlineData(PasswordAlgorithm.Sha256, true)]
    [InlineData(PasswordAlgorithm.Sha256, false)]
    public void Whoever_proves_itself_is_answered_with_a_proof_of_the_same_kind(PasswordAlgorithm? algorithm, bool sha256)
    {
        TestClient client = _world.Client();
        (client.Algorithm, client.UsesSha256) = (algorithm, sha256);

        Answer answer = client.Allocate();

        answer.Code.ShouldBeNull();
        ReadOnlySpan<byte> key = client.Credential.KeyFor(algorithm ?? PasswordAlgorithm.Md5);
        StunIntegrity.VerifySha256(answer.Read(), key).ShouldBe(sha256);
        StunIntegrity.VerifySha1(answer.Read(), key).ShouldBe(!sha256);
    }

    [Theory]
    [InlineData(StunAttributeType.Username)]
    [InlineData(StunAttributeType.Realm)]
    [InlineData(StunAttributeType.Nonce)]
    public void A_proof_without_what_is_needed_to_check_it_is_400(StunAttributeType missing)
    {
        byte[] buffer = new byte[512];
        var writer = new StunMessageWriter(buffer, StunMethod.Refresh, StunClass.Request, TestClient.NewTransaction());
        foreach (StunAttributeType type in (StunAttributeType[])[StunAttributeType.Username, StunAttributeType.Realm, StunAttributeType.Nonce])
        {
            if (type != missing)
            {
                writer.Add(type, "x"u8);
            }
        }

        writer.AddMessageIntegrity("key"u8);
        writer.TryFinish(out int length).ShouldBeTrue();
        Answer answer = _world.Client().Send(buffer[..length]).ShouldNotBeNull();
        answer.Code.ShouldBe(400);
        answer.Attributes.ShouldBe([StunAttributeType.ErrorCode]);
    }

    [Fact]
    public void A_nonce_from_elsewhere_is_438_with_a_new_one_before_the_name_is_looked_at()
    {
        TestClient client = _world.Client(user: "nobody");
        client.Nonce = Encoding.ASCII.GetBytes("made-by-another-server");
        Answer answer = client.Refresh();
        answer.Code.ShouldBe(438);
        answer.Nonce.ShouldNotBeNull();
        answer.Has(StunAttributeType.MessageIntegrity).ShouldBeFalse();
        _world.Server.Counters.AuthenticationFailures.ShouldBe(0);
    }

    [Theory]
    [InlineData("nobody", "wonderland")]
    [InlineData("alice", "builder")]
    public void Who_is_not_known_or_does_not_know_the_password_is_401(string user, string password)
    {
        Answer answer = _world.Client(user: user, password: password).Refresh();
        answer.Code.ShouldBe(401);
        answer.Nonce.ShouldNotBeNull();
        _world.Server.Counters.AuthenticationFailures.ShouldBe(1);
    }

    [Fact]
    public void A_nonce_is_good_from_another_port_but_not_from_another_address()
    {
        TestClient client = _world.Client();
        client.FetchNonce();
        TestClient moved = _world.Client("46.0.0.1:5001");
        moved.Nonce = client.Nonce;
        moved.Allocate().Code.ShouldBeNull();
        TestClient other = _world.Client("46.0.0.2:5000");
        other.Nonce = client.Nonce;
        other.Allocate().Code.ShouldBe(438);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 0, 0 }, new byte[] { 0, 1, 0, 0 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 2, 0, 0 }, new byte[] { 0, 1, 0, 0 })]
    [InlineData(new byte[] { 0, 2, 0, 0, 0, 1, 0, 0 }, new byte[] { 0, 3, 0, 0 })]
    [InlineData(new byte[] { 0, 2, 0, 0, 0, 1, 0, 0 }, null)]
    [InlineData(null, new byte[] { 0, 1, 0, 0 })]
    [InlineData(new byte[] { 0, 2, 0, 0, 0, 1, 0, 0 }, new byte[] { 0, 2 })]
    public void A_list_of_algorithms_that_somebody_has_changed_is_400(byte[]? list, byte[]? choice)
    {
        TestClient client = _world.Client();
        Answer answer = client.Ask(StunMethod.Refresh, (ref StunMessageWriter writer) =>
        {
            if (list is not null)
            {
                writer.Add(StunAttributeType.PasswordAlgorithms, list);
            }

            if (choice is not null)
            {
                writer.Add(StunAttributeType.PasswordAlgorithm, choice);
            }
        });
        answer.Code.ShouldBe(400);
    }

    [Fact]
    public void A_user_hash_was_not_offered_and_is_nobody()
    {
        TestClient client = _world.Client();
        client.FetchNonce();
        byte[] buffer = new byte[512];
        var writer = new StunMessageWriter(buffer, StunMethod.Refresh, StunClass.Request, TestClient.NewTransaction());
        writer.Add(StunAttributeType.UserHash, new byte[32]);
        writer.Add(StunAttributeType.Realm, "parley"u8);
        writer.Add(StunAttributeType.Nonce, client.Nonce);
        writer.AddMessageIntegrity("key"u8);
        writer.TryFinish(out int length).ShouldBeTrue();
        client.Send(buffer[..length]).ShouldNotBeNull().Code.ShouldBe(401);
    }

    [Fact]
    public void Unknown_attributes_are_named_only_to_those_who_have_proved_themselves()
    {
        TestClient client = _world.Client();
        Fill fill = (ref StunMessageWriter writer) => writer.AddUInt32(StunAttributeType.AccessToken, 1);
        client.Send(TestClient.Plain(StunMethod.Refresh, StunClass.Request, TestClient.NewTransaction(), fill)).ShouldNotBeNull().Code.ShouldBe(401);
        Answer answer = client.Ask(StunMethod.Refresh, fill);
        answer.Code.ShouldBe(420);
        answer.Unknown.ShouldBe([0x001B]);
    }

    [Fact]
    public void Who_only_forges_cannot_make_the_server_flood_a_victim()
    {
        TestClient victim = _world.Client();
        byte[] request = TestClient.Plain(StunMethod.Allocate, StunClass.Request, TestClient.NewTransaction());
        int answers = Enumerable.Range(0, 5000).Count(_ => victim.Send(request) is not null);
        answers.ShouldBe(_world.Options.Limits.UnauthenticatedAnswersBurst);
        _world.Server.Counters[Stun.Turn.Server.TurnDrop.UnauthenticatedRate].ShouldBe(5000 - answers);

        // Others are still answered, and so are streams.
        _world.Client("46.0.0.2:5000").Send(request).ShouldNotBeNull();
        _world.Client("46.0.0.1:5000", protocol: TransportProtocol.Tcp).Send(request).ShouldNotBeNull();
        _world.Pass(TimeSpan.FromSeconds(1));
        victim.Send(request).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(StunMethod.Refresh)]
    [InlineData(StunMethod.CreatePermission)]
    [InlineData(StunMethod.ChannelBind)]
    public void A_flood_from_its_address_does_not_keep_a_call_from_its_new_nonce(StunMethod method)
    {
        TestClient caller = _world.Client();
        caller.Allocate().Code.ShouldBeNull();
        TestClient neighbour = _world.Client("46.0.0.1:6666");
        byte[] request = TestClient.Plain(StunMethod.Allocate, StunClass.Request, TestClient.NewTransaction());
        while (neighbour.Send(request) is not null)
        {
        }

        caller.Nonce = Encoding.ASCII.GetBytes("obMatJos2gAABold");
        Answer stale = caller.Send(caller.Proved(method, TestClient.NewTransaction())).ShouldNotBeNull("the flood is not the caller's");

        stale.Code.ShouldBe(438);
        caller.Nonce = stale.Nonce;
        caller.Refresh().Code.ShouldBeNull();
        neighbour.Send(request).ShouldBeNull();
    }

    [Fact]
    public void Who_pretends_to_be_a_caller_is_answered_only_so_often()
    {
        TestClient caller = _world.Client();
        caller.Allocate().Code.ShouldBeNull();
        int perSecond = _world.Options.Limits.UnauthenticatedAnswersPerSecondPerAllocation;
        byte[] request = TestClient.Plain(StunMethod.Refresh, StunClass.Request, TestClient.NewTransaction());

        Enumerable.Range(0, 1000).Count(_ => caller.Send(request) is not null).ShouldBe(perSecond);
        _world.Pass(TimeSpan.FromSeconds(1));
        Enumerable.Range(0, 1000).Count(_ => caller.Send(request) is not null).ShouldBe(perSecond);

        // Who has a nonce that is good is not limited, and others have lost nothing.
        caller.Refresh().Code.ShouldBeNull();
        TestClient other = _world.Client("46.0.0.1:6666");
        Enumerable.Range(0, 5000).Count(_ => other.Send(request) is not null).ShouldBe(_world.Options.Limits.UnauthenticatedAnswersBurst);
    }
}
