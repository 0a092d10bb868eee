using Parley.Server.Configuration;
using Parley.Server.Https;
using Parley.Server.Tests.Configuration;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Https;

public sealed class PemFilesTests : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly TestFolder _folder = new();
    private readonly TestCertificate _certificate = new("meet.example", Begin, Begin.AddDays(90));

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_certificate_comes_with_its_key_and_with_those_behind_it()
    {
        using var root = new TestCertificate("root", Begin, Begin.AddDays(99), isAuthority: true);
        using var between = new TestCertificate("between", Begin, Begin.AddDays(99), root, isAuthority: true);
        using var leaf = new TestCertificate("meet.example", Begin, Begin.AddDays(90), between);
        Write(leaf.FullChain, leaf.Key);

        using var read = Files().Read();

        read.Leaf.Thumbprint.ShouldBe(leaf.Thumbprint);
        read.Leaf.HasPrivateKey.ShouldBeTrue();
        read.Chain.ShouldHaveSingleItem().Thumbprint.ShouldBe(between.Thumbprint);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Fault().ShouldBe($"Parley:Https:Certificate ({_folder.File("cert.pem")}) does not exist");
        _folder.Write("cert.pem", _certificate.FullChain);
        Fault().ShouldBe($"Parley:Https:Key ({_folder.File("key.pem")}) does not exist");
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using var other = new TestCertificate("meet.example", Begin, Begin.AddDays(90));
        Write(_certificate.FullChain, other.Key);

        Fault().ShouldStartWith($"Parley:Https:Key ({_folder.File("key.pem")}) holds no private key that belongs to the certificate in ");
    }

    [Fact]
    public void A_locked_key_is_told_from_a_wrong_one()
    {
        Write(_certificate.FullChain, _certificate.EncryptedKey);

        Fault().ShouldContain("password");
    }

    [Theory]
    [InlineData("", "Parley:Https:Certificate")]
    [InlineData("no PEM at all", "Parley:Https:Certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "Parley:Https:")]
    public void What_is_no_certificate_is_refused(string content, string key)
    {
        Write(content, _certificate.Key);

        Fault().ShouldStartWith(key);
    }

    [Fact]
    public void A_damaged_certificate_behind_a_good_one_is_no_fault_of_the_key()
    {
        Write($"{_certificate.FullChain}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", _certificate.Key);

        Fault().ShouldBe($"Parley:Https:Certificate ({_folder.File("cert.pem")}) holds a certificate that is damaged");
    }

    [Fact]
    public void A_certificate_whose_end_is_not_written_yet_is_refused()
    {
        Write(_certificate.FullChain[..^40], _certificate.Key);

        Fault().ShouldStartWith($"Parley:Https:Certificate ({_folder.File("cert.pem")}) holds no whole certificate");
    }

    [Fact]
    public void A_key_of_a_kind_that_browsers_do_not_take_is_refused()
    {
        // Ed25519, as openssl makes it.
        const string Pem = """
            -----BEGIN CERTIFICATE-----
            MIIBLjCB4aADAgECAhQusPrmEvMTWI9xOHMyQW0xwUnRNzAFBgMrZXAwDTELMAkG
            A1UEAwwCZWQwHhcNMjYxMTIxMDgzMDE3WhcNMjYxMjIxMDgzMDE3WjANMQswCQYD
            VQQDDAJlZDAqMAUGAytlcAMhAN6uYJLorJ3KDHDZa8MbuQoVxfkmqZYbFz98cBtu
            K9p/o1MwUTAdBgNVHQ4EFgQUbxuuIxSA9pAOf/49hzzYm/m5weAwHwYDVR0jBBgw
            FoAUbxuuIxSA9pAOf/49hzzYm/m5weAwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXAD
            QQBNWnSmnR5HlMcEeXQ/syfMvg2wIkEsmEsfGuq/WOrFhVMsHNctUuBI6+nWabbd
            3cBF7sizGNa6wVEB38m3M5sC
            -----END CERTIFICATE-----
            """;
        Write(Pem, _certificate.Key);

        Fault().ShouldBe($"Parley:Https:Certificate ({_folder.File("cert.pem")}) has a kind of key that browsers do not take: it must be RSA or ECDSA");
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Directory.CreateDirectory(_folder.File("cert.pem"));

        Fault().ShouldStartWith($"Parley:Https:Certificate ({_folder.File("cert.pem")}) cannot be read");
    }

    private PemFiles Files() => new(ParleyOptionsTests.Reader().Section("Https"), _folder.File("cert.pem"), _folder.File("key.pem"));

    private void Write(string certificate, string key)
    {
        _folder.Write("cert.pem", certificate);
        _folder.Write("key.pem", key);
    }

    private string Fault()
    {
        var message = Should.Throw<ConfigurationException>(() => Files().Read()).Message;
        message.ShouldNotContain("\n");
        message.ShouldNotContain("PRIVATE KEY-----");
        return message;
    }
}
