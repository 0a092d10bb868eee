using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TurnOnly;

/// <summary>A certificate, its chain and its key from PEM files, read again when asked to.</summary>
internal sealed class PemCertificate : IDisposable
{
    private readonly FileInfo _certificate;
    private readonly FileInfo _key;
    private volatile SslStreamCertificateContext _current;

    public PemCertificate(FileInfo certificate, FileInfo key)
    {
        _certificate = certificate;
        _key = key;
        _current = Read();
    }

    public SslStreamCertificateContext Current => _current;

    /// <summary>Takes a renewed certificate; if that cannot be read, the one there is goes on.</summary>
    public void Reload()
    {
        try
        {
            _current = Read();
            Console.WriteLine($"The certificate was read again; it is good until {_current.TargetCertificate.NotAfter:u}.");
        }
        catch (Exception e)
        {
            // Whatever it is: a server with an old certificate is better than none.
            Console.Error.WriteLine($"The certificate stays as it is: {e.Message}");
        }
    }

    public void Dispose() => _current.TargetCertificate.Dispose();

    private SslStreamCertificateContext Read()
    {
        var leaf = X509Certificate2.CreateFromPemFile(_certificate.FullName, _key.FullName);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificate.FullName);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
