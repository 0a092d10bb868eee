using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Tests.Running;

/// <summary>A certificate made for a test, with what an authority would deliver along with it.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly TestCertificate? _issuer;

    public TestCertificate(string name, DateTimeOffset notBefore, DateTimeOffset notAfter, TestCertificate? issuer = null, bool isAuthority = false)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        _issuer = issuer;
        if (issuer is null)
        {
            _certificate = request.CreateSelfSigned(notBefore, notAfter);
        }
        else
        {
            using var issued = request.Create(issuer._certificate, notBefore, notAfter, RandomNumberGenerator.GetBytes(8));
            _certificate = issued.CopyWithPrivateKey(_key);
        }
    }

    public string Thumbprint => _certificate.Thumbprint;

    /// <summary>The certificate and those that issued it, but not the root, as certbot writes fullchain.pem.</summary>
    public string FullChain => _issuer is null or { _issuer: null }
        ? _certificate.ExportCertificatePem()
        : $"{_certificate.ExportCertificatePem()}\n{_issuer.FullChain}";

    public string Key => _key.ExportPkcs8PrivateKeyPem();

    public string EncryptedKey => _key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

    public X509Certificate2 Public => X509CertificateLoader.LoadCertificate(_certificate.RawData);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
