using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class NoncesTests
{
    private static readonly InternetAddress Client = InternetAddress.Parse("46.0.0.1");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 59, TimeSpan.Zero);

    private readonly Nonces _nonces = new(new byte[32], TimeSpan.FromMinutes(10));

    [Fact]
    public void The_cookie_says_password_algorithms_and_not_user_hashes_from_both_ends()
    {
        string nonce = Encoding.ASCII.GetString(Make());
        nonce.ShouldStartWith("obMatJos2");
        byte[] features = Convert.FromBase64String(nonce[9..13]);
        int bits = (features[0] << 16) | (features[1] << 8) | features[2];
        (bits & 0x800000, bits & 0x000001).ShouldBe((0x800000, 1), "bit 0, counted from either end");
        (bits & 0x400002).ShouldBe(0, "bit 1, counted from either end");
        nonce.Length.ShouldBe(29);
    }

    [Fact]
    public void A_nonce_is_good_for_its_whole_lifetime_wherever_in_a_minute_it_begins()
    {
        byte[] nonce = Make();
        _nonces.IsValid(Noon, Client, nonce).ShouldBeTrue();
        _nonces.IsValid(Noon + TimeSpan.FromMinutes(10), Client, nonce).ShouldBeTrue();
        _nonces.IsValid(Noon + TimeSpan.FromMinutes(12), Client, nonce).ShouldBeFalse();
        _nonces.IsValid(Noon - TimeSpan.FromMinutes(1), Client, nonce).ShouldBeTrue("clocks differ");
        _nonces.IsValid(Noon - TimeSpan.FromMinutes(5), Client, nonce).ShouldBeFalse();
    }

    [Fact]
    public void A_restart_with_the_same_key_knows_it_and_another_key_does_not()
    {
        byte[] nonce = Make();
        new Nonces(new byte[32], TimeSpan.FromMinutes(10)).IsValid(Noon, Client, nonce).ShouldBeTrue();
        byte[] other = new byte[32];
        other[0] = 1;
        new Nonces(other, TimeSpan.FromMinutes(10)).IsValid(Noon, Client, nonce).ShouldBeFalse();
        _nonces.IsValid(Noon, InternetAddress.Parse("46.0.0.2"), nonce).ShouldBeFalse();
    }

    [Fact]
    public void Whatever_is_changed_in_it_is_noticed()
    {
        byte[] nonce = Make();
        for (int at = 0; at < nonce.Length; at++)
        {
            byte before = nonce[at];
            nonce[at] = before == (byte)'A' ? (byte)'B' : (byte)'A';
            _nonces.IsValid(Noon, Client, nonce).ShouldBeFalse($"byte {at}");
            nonce[at] = (byte)'!';
            _nonces.IsValid(Noon, Client, nonce).ShouldBeFalse($"byte {at}");
            nonce[at] = before;
        }

        _nonces.IsValid(Noon, Client, nonce.AsSpan(..^1)).ShouldBeFalse();
        _nonces.IsValid(Noon, Client, []).ShouldBeFalse();
    }

    private byte[] Make()
    {
        byte[] nonce = new byte[Nonces.Length];
        _nonces.Write(Noon, Client, nonce);
        return nonce;
    }
}
