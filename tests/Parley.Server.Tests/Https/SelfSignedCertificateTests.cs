using System.Net;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Configuration;
using Parley.Server.Https;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Https;

public sealed class SelfSignedCertificateTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private ManualTime _time = new();
    private IPAddress[] _addresses = [IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::7")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_made_once_and_kept_for_its_owner_only()
    {
        var first = Thumbprint();

        Thumbprint().ShouldBe(first);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.File(SelfSignedCertificate.FileName)]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.File(SelfSignedCertificate.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void It_is_what_browsers_accept_once_told_so()
    {
        using var certificate = Source().Read();
        var leaf = certificate.Leaf;

        using var key = leaf.GetECDsaPublicKey().ShouldNotBeNull();
        key.KeySize.ShouldBe(256);
        (leaf.NotAfter - leaf.NotBefore).ShouldBeLessThan(TimeSpan.FromDays(398));
        certificate.IsValidAt(_time.Now).ShouldBeTrue();
        certificate.IsValidAt(_time.Now.AddDays(390)).ShouldBeTrue();
        leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority.ShouldBeFalse();
        leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages["1.3.6.1.5.5.7.3.1"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("laptop")]
    [InlineData("laptop.local")]
    public void It_is_good_for_every_name_of_the_machine(string name)
    {
        using var certificate = Source().Read();

        certificate.Leaf.MatchesHostname(name).ShouldBeTrue();
        certificate.Leaf.MatchesHostname("other.example").ShouldBeFalse();
    }

    [Theory]
    [InlineData("my_laptop of mine")]
    [InlineData("müller")]
    [InlineData("localhost")]
    [InlineData("laptop.example.org")]
    public void A_name_that_cannot_stand_in_a_certificate_is_left_out(string hostName)
    {
        var first = Thumbprint(hostName);

        Thumbprint(hostName).ShouldBe(first);
    }

    [Fact]
    public void It_is_made_anew_shortly_before_its_end()
    {
        var first = Thumbprint();

        _time.Advance(TimeSpan.FromDays(390));
        Thumbprint().ShouldBe(first);
        _time.Advance(TimeSpan.FromDays(5.5));
        var second = Thumbprint();

        second.ShouldNotBe(first, StringComparer.Ordinal);
        Thumbprint().ShouldBe(second);
    }

    [Fact]
    public void It_is_made_anew_when_the_clock_was_wrong_before()
    {
        var first = Thumbprint();

        _time = new(_time.Now - TimeSpan.FromDays(30));

        Thumbprint().ShouldNotBe(first, StringComparer.Ordinal);
    }

    [Fact]
    public void A_new_address_makes_a_new_one_that_is_good_for_the_old_address_too()
    {
        var home = Thumbprint();
        _addresses = [IPAddress.Parse("198.51.100.3")];
        var office = Thumbprint();
        office.ShouldNotBe(home, StringComparer.Ordinal);

        // Home again, and back: whoever trusts it has to do so no more.
        _addresses = [IPAddress.Parse("192.0.2.7")];
        Thumbprint().ShouldBe(office);
        _addresses = [IPAddress.Parse("198.51.100.3")];
        Thumbprint().ShouldBe(office);
    }

    [Fact]
    public void Addresses_that_vanish_or_change_by_the_day_make_no_new_one()
    {
        var first = Thumbprint();

        _addresses = [];
        Thumbprint().ShouldBe(first);
        _addresses = [IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::1234")];
        Thumbprint().ShouldBe(first);
    }

    [Fact]
    public void Where_there_is_nothing_but_IPv6_its_address_counts()
    {
        _addresses = [IPAddress.Parse("2001:db8::7")];
        var first = Thumbprint();

        _addresses = [IPAddress.Parse("2001:db8::8"), IPAddress.Parse("2001:db8::7")];
        Thumbprint().ShouldBe(first);
        _addresses = [IPAddress.Parse("2001:db8::8")];
        Thumbprint().ShouldNotBe(first, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("damaged")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_damaged_one_is_replaced(string content)
    {
        _folder.Write(SelfSignedCertificate.FileName, content);

        Thumbprint().ShouldBe(Thumbprint());
    }

    [Fact]
    public void It_grows_no_further_than_a_handshake_should()
    {
        for (var network = 0; network < 50; network++)
        {
            _addresses = [IPAddress.Parse($"10.0.{network}.1")];
            Thumbprint();
        }

        using var certificate = Source().Read();
        certificate.Leaf.RawData.Length.ShouldBeLessThan(1200);
        certificate.Leaf.MatchesHostname("10.0.49.1").ShouldBeTrue();
    }

    private SelfSignedCertificate Source(string hostName = "laptop") => new(new DataFolder(_folder.Path), _time, () => _addresses, hostName);

    private string Thumbprint(string hostName = "laptop")
    {
        using var certificate = Source(hostName).Read();
        return certificate.Leaf.Thumbprint;
    }
}
