using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Configuration;

namespace Parley.Server.Https;

/// <summary><c>Parley:Https:Certificate</c> and <c>Parley:Https:Key</c>: PEM files, as certbot and others keep them up to date.</summary>
internal sealed class PemFiles : ICertificateSource
{
    private const string CertificateName = "Certificate";
    private const string KeyName = "Key";

    // RFC 3279, section 2.3: RSA and elliptic curves. Browsers take no others.
    private static readonly string[] KeysThatBrowsersTake = ["1.2.840.113549.1.1.1", "1.2.840.10045.2.1"];

    private readonly SectionReader _section;
    private readonly string _certificate;
    private readonly string _key;

    public PemFiles(SectionReader section, string certificate, string key) =>
        (_section, _certificate, _key) = (section, PathOf(section, CertificateName, certificate), PathOf(section, KeyName, key));

    public LoadedCertificate Read()
    {
        var certificates = ReadText(CertificateName, _certificate);
        var key = ReadText(KeyName, _key);
        if (!certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            throw Bad(CertificateName, _certificate, "holds no certificate in PEM form");
        }

        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw Bad(KeyName, _key, "is locked with a password; give the key without one");
        }

        CheckCertificates(certificates);
        try
        {
            return LoadedCertificate.Parse(certificates, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Bad(KeyName, _key, $"holds no private key that belongs to the certificate in {_certificate}");
        }
    }

    private void CheckCertificates(string pem)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw Bad(CertificateName, _certificate, "holds a certificate that is damaged");
        }

        // Of a file that is just being written there may be no whole one yet.
        var leaf = all.FirstOrDefault() ?? throw Bad(CertificateName, _certificate, "holds no whole certificate in PEM form");
        var usable = KeysThatBrowsersTake.Contains(leaf.GetKeyAlgorithm(), StringComparer.Ordinal);
        foreach (var certificate in all)
        {
            certificate.Dispose();
        }

        if (!usable)
        {
            throw Bad(CertificateName, _certificate, "has a kind of key that browsers do not take: it must be RSA or ECDSA");
        }
    }

    private string ReadText(string name, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Bad(name, path, "does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad(name, path, $"cannot be read: {e.Message}");
        }
    }

    private ConfigurationException Bad(string name, string path, string problem) => _section.Bad(name, $"({path}) {problem}");

    private static string PathOf(SectionReader section, string name, string text)
    {
        try
        {
            return Path.GetFullPath(text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw section.Bad(name, $"is not a path: {SectionReader.Quote(text)}");
        }
    }
}
