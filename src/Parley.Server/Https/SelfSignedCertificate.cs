using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Server.Configuration;

namespace Parley.Server.Https;

/// <summary>
/// <c>Parley:Https:SelfSigned</c>: a certificate that the server makes for itself and keeps in the data folder, so that browsers which
/// were told once to trust it need not be told again at every start.
/// </summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="time">Decides whether it is still good.</param>
/// <param name="readAddresses">The machine's addresses in its network.</param>
/// <param name="hostName">The machine's name.</param>
internal sealed class SelfSignedCertificate(DataFolder folder, TimeProvider time, Func<IReadOnlyList<IPAddress>> readAddresses, string hostName)
    : ICertificateSource
{
    public const string FileName = "self-signed.pem";

    // Browsers refuse certificates that are good for longer than 398 days (public ones) or 825 days (any, on Apple's systems).
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);

    // Clocks of phones and laptops differ; a certificate from the future is refused.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    // Addresses of networks that the machine has been in before, among them.
    private const int MaxAddresses = 32;

    public LoadedCertificate Read()
    {
        var kept = ReadKept();
        IPAddress[] addresses = [.. readAddresses().Take(MaxAddresses)];
        if (kept is not null && IsGood(kept) && IsFor(kept, addresses))
        {
            return kept;
        }

        // Whoever trusted it already has to do so again. So it keeps the addresses it had: a laptop that goes to and fro between two
        // networks comes to rest, and so do two servers that share a data folder.
        IEnumerable<IPAddress> before = kept is not null && IsGood(kept) ? AddressesIn(kept) : [];
        kept?.Dispose();
        var pem = Make([.. addresses.Union(before).Take(MaxAddresses)]);
        folder.Replace(FileName, Encoding.ASCII.GetBytes(pem));
        return LoadedCertificate.Parse(pem, pem);
    }

    private LoadedCertificate? ReadKept()
    {
        try
        {
            return folder.TryRead(FileName) is { } bytes && Encoding.ASCII.GetString(bytes) is var pem ? LoadedCertificate.Parse(pem, pem) : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Damaged. Nothing is lost by making another.
            return null;
        }
    }

    private bool IsGood(LoadedCertificate certificate) => certificate.IsValidAt(time.GetUtcNow()) && certificate.IsValidAt(time.GetUtcNow() + ClockTolerance);

    private bool IsFor(LoadedCertificate certificate, IPAddress[] addresses)
    {
        // Addresses of version 6 come and go by the day. A certificate that changed with them would have to be trusted anew each day.
        var lasting = Array.FindAll(addresses, address => address.AddressFamily == AddressFamily.InterNetwork);
        return HostNames().All(name => certificate.Leaf.MatchesHostname(name))
            && (lasting.Length > 0
                ? Array.TrueForAll(lasting, AddressesIn(certificate).Contains)
                : addresses.Length == 0 || addresses.Intersect(AddressesIn(certificate)).Any());
    }

    private static IEnumerable<IPAddress> AddressesIn(LoadedCertificate certificate) => certificate.Leaf.Extensions
        .OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(names => names.EnumerateIPAddresses())
        .Where(address => !IPAddress.IsLoopback(address));

    private string Make(IEnumerable<IPAddress> addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Parley"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var name in HostNames())
        {
            names.AddDnsName(name);
        }

        foreach (var address in addresses.Prepend(IPAddress.IPv6Loopback).Prepend(IPAddress.Loopback))
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS server")], critical: false));
        var begin = time.GetUtcNow() - ClockTolerance;
        using var certificate = request.CreateSelfSigned(begin, begin + Lifetime);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>The machine's name, and the one it has in networks without a name server (RFC 6762).</summary>
    private IEnumerable<string> HostNames()
    {
        // Some systems allow names that no certificate can carry.
        if (Uri.CheckHostName(hostName) != UriHostNameType.Dns || !Ascii.IsValid(hostName) || hostName == "localhost")
        {
            return [];
        }

        return hostName.Contains('.', StringComparison.Ordinal) ? [hostName] : [hostName, $"{hostName}.local"];
    }
}
