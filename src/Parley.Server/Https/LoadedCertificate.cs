using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Https;

/// <summary>A certificate with its private key, and those between it and the authority that browsers know.</summary>
internal sealed record LoadedCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain) : IDisposable
{
    public bool IsSameAs(LoadedCertificate other) =>
        Chain.Prepend(Leaf).Select(certificate => certificate.Thumbprint)
            .SequenceEqual(other.Chain.Prepend(other.Leaf).Select(certificate => certificate.Thumbprint), StringComparer.Ordinal);

    public bool IsValidAt(DateTimeOffset time) => Leaf.NotBefore.ToUniversalTime() <= time.UtcDateTime && time.UtcDateTime < Leaf.NotAfter.ToUniversalTime();

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var certificate in Chain)
        {
            certificate.Dispose();
        }
    }

    /// <summary>Reads a certificate, those behind it, and its key from PEM text.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The text holds no certificate, or no key of it.</exception>
    public static LoadedCertificate Parse(string certificates, string key)
    {
        var leaf = X509Certificate2.CreateFromPem(certificates, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates);
        chain[0].Dispose();
        chain.RemoveAt(0);
        if (!OperatingSystem.IsWindows())
        {
            return new(leaf, chain);
        }

        // Windows' TLS takes keys out of a key store only, and a key from PEM lies in none.
        using (leaf)
        {
            return new(X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), password: null), chain);
        }
    }
}
