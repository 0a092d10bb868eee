using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;

namespace Parley.Stun.Tests.Turn.Client;

public sealed class AuthenticationTests
{
    private static readonly byte[] Both = Convert.FromHexString("0001000000020000");
    private static readonly StunCredential Credential = new("alice", "parley", "secret");

    [Fact]
    public void The_first_request_proves_nothing_and_the_second_what_the_server_has_asked_for()
    {
        var world = new ClientWorld();
        byte[] first = world.Next(StunMethod.Allocate);
        ClientWorld.Read(first).Has(StunAttributeType.Username).ShouldBeFalse();

        world.Challenge(first);

        byte[] second = world.Next(StunMethod.Allocate);
        ClientWorld.Read(second).TransactionId.ShouldNotBe(ClientWorld.Read(first).TransactionId);
        ClientWorld.Text(second, StunAttributeType.Username).ShouldBe("alice");
        ClientWorld.Text(second, StunAttributeType.Realm).ShouldBe("parley");
        ClientWorld.Text(second, StunAttributeType.Nonce).ShouldBe(ClientWorld.Nonce);
        StunIntegrity.VerifySha1(ClientWorld.Read(second), Credential.KeyFor(PasswordAlgorithm.Md5)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("obMatJos2gAAAx")] // bit 0 counted from the left
    [InlineData("obMatJos2AAABx")] // bit 0 counted from the right
    [InlineData("obMatJos2wAADx")] // both
    public void A_server_that_names_algorithms_gets_the_stronger_one_and_its_list_back(string nonce)
    {
        var world = new ClientWorld { Signing = PasswordAlgorithm.Sha256 };
        world.Challenge(world.Next(StunMethod.Allocate), nonce: nonce, algorithms: Both);

        byte[] second = world.Next(StunMethod.Allocate);
        StunMessage message = ClientWorld.Read(second);
        message.TryGetUInt32(StunAttributeType.PasswordAlgorithm, out uint chosen).ShouldBeTrue();
        chosen.ShouldBe((uint)PasswordAlgorithm.Sha256 << 16);
        message.TryGet(StunAttributeType.PasswordAlgorithms, out ReadOnlySpan<byte> list).ShouldBeTrue();
        Convert.ToHexString(list).ShouldBe("0001000000020000");
        message.Has(StunAttributeType.MessageIntegrity).ShouldBeFalse();
        StunIntegrity.VerifySha256(message, Credential.KeyFor(PasswordAlgorithm.Sha256)).ShouldBeTrue();

        world.Grant(second);
        world.NextEvent().ShouldBeOfType<TurnClientEvent.Allocated>();
    }

    [Theory]
    [InlineData("obMatJos2gAAAx")]
    [InlineData("obMatJos2AAABx")]
    public void A_list_of_algorithms_that_was_promised_and_taken_out_ends_it(string nonce)
    {
        var world = new ClientWorld();

        world.Challenge(world.Next(StunMethod.Allocate), nonce: nonce);

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(StunErrorCode.Unauthenticated));
        world.NothingIsSent();
        world.Client.NextTimeout.ShouldBeNull();
    }

    [Theory]
    [InlineData("00030000")] // one that nobody knows
    [InlineData("000100040000000000020001AA000000")] // parameters that neither has
    [InlineData("")]
    [InlineData("0001")]
    [InlineData("0003FFFF00010000")] // a length beyond the end
    public void A_list_without_an_algorithm_that_we_know_ends_it(string algorithms)
    {
        var world = new ClientWorld();

        world.Challenge(world.Next(StunMethod.Allocate), nonce: "obMatJos2gAAAx", algorithms: Convert.FromHexString(algorithms));

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(StunErrorCode.Unauthenticated));
        world.NothingIsSent();
    }

    [Fact]
    public void A_wrong_password_is_tried_once()
    {
        var world = new ClientWorld();
        world.Challenge(world.Next(StunMethod.Allocate));

        world.Challenge(world.Next(StunMethod.Allocate), nonce: "another");

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(StunErrorCode.Unauthenticated));
        world.NothingIsSent();
    }

    [Fact]
    public void A_stale_nonce_is_replaced_in_every_request_and_a_server_that_likes_none_ends_it()
    {
        var world = new ClientWorld();
        world.Challenge(world.Next(StunMethod.Allocate));
        world.Challenge(world.Next(StunMethod.Allocate), StunErrorCode.StaleNonce, "second");
        byte[] again = world.Next(StunMethod.Allocate);
        ClientWorld.Text(again, StunAttributeType.Nonce).ShouldBe("second");
        world.Grant(again);
        world.NextEvent().ShouldBeOfType<TurnClientEvent.Allocated>();

        world.Do((client, now) => client.AddPermission(now, InternetAddress.Parse("192.0.2.1")));
        world.Challenge(world.Next(StunMethod.CreatePermission), StunErrorCode.StaleNonce, "third");
        byte[] permission = world.Next(StunMethod.CreatePermission);
        ClientWorld.Text(permission, StunAttributeType.Nonce).ShouldBe("third");
        world.Succeed(permission);
        world.NextEvent().ShouldBe(new TurnClientEvent.Permitted(InternetAddress.Parse("192.0.2.1")));

        world.Do((client, now) => client.BindChannel(now, TransportAddress.Parse("192.0.2.1:1")));
        for (int attempt = 0; attempt < 4; attempt++)
        {
            world.Challenge(world.Next(StunMethod.ChannelBind), StunErrorCode.StaleNonce, $"nonce {attempt}");
        }

        world.NextEvent().ShouldBe(new TurnClientEvent.ChannelRefused(TransportAddress.Parse("192.0.2.1:1"), StunErrorCode.StaleNonce));
        world.NothingIsSent();
    }

    [Fact]
    public void An_answer_that_the_server_has_not_signed_never_happened()
    {
        var world = new ClientWorld();
        world.Challenge(world.Next(StunMethod.Allocate));
        byte[] request = world.Next(StunMethod.Allocate);

        world.Signing = null;
        world.Grant(request);
        world.Refuse(request, StunErrorCode.Forbidden);
        world.Refuse(request, StunErrorCode.AllocationMismatch);
        world.Signing = PasswordAlgorithm.Sha256;
        world.Grant(request);
        world.Events.ShouldBeEmpty();

        world.Signing = PasswordAlgorithm.Md5;
        world.Grant(request);
        world.NextEvent().ShouldBeOfType<TurnClientEvent.Allocated>();
    }

    [Fact]
    public void Over_a_stream_an_answer_that_is_not_signed_ends_the_request()
    {
        var world = new ClientWorld(TransportProtocol.Tcp);
        world.Challenge(world.Next(StunMethod.Allocate));

        world.Signing = null;
        world.Grant(world.Next(StunMethod.Allocate));

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));
    }

    [Fact]
    public void Answers_to_nothing_that_was_asked_are_passed_over()
    {
        var world = new ClientWorld();
        byte[] request = world.Next(StunMethod.Allocate);
        byte[] elsewhere = [.. request];
        elsewhere[19] ^= 1;
        world.Challenge(elsewhere);
        byte[] otherMethod = [.. request];
        otherMethod[1] = (byte)StunMethod.Refresh;
        world.Challenge(otherMethod);
        world.Deliver(request).ShouldBeNull();
        world.Deliver(Encoding.ASCII.GetBytes("GET / HTTP/1.1")).ShouldBeNull();
        world.NothingIsSent();

        world.Challenge(request);
        world.Challenge(request);
        world.Next(StunMethod.Allocate);
        world.NothingIsSent();
        world.Events.ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_with_something_that_has_to_be_understood_and_is_not_ends_the_request()
    {
        var world = new ClientWorld();

        world.Answer(world.Next(StunMethod.Allocate), StunClass.ErrorResponse, (ref StunMessageWriter writer) =>
        {
            writer.AddErrorCode(StunErrorCode.Unauthenticated);
            writer.Add((StunAttributeType)0x7FFF, [1]);
        }, isSigned: false);

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));
    }
}
