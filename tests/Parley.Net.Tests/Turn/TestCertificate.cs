using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Net.Tests.Turn;

/// <summary>Certificates that nobody vouches for.</summary>
internal static class TestCertificate
{
    public static SslStreamCertificateContext Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        // Through PKCS #12, because Windows' TLS takes no key that lies in memory only.
        X509Certificate2 loaded = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(loaded, null, offline: true);
    }

    /// <summary>Takes any certificate, and remembers its name.</summary>
    public static SslClientAuthenticationOptions TakeAny(Action<string>? seen = null) => new()
    {
        TargetHost = "localhost",
#pragma warning disable CA5359 // What is tested is which certificate is shown, not who vouches for it.
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            seen?.Invoke(certificate!.Subject);
            return true;
        },
#pragma warning restore CA5359
    };
}
