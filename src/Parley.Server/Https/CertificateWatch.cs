using System.Globalization;

namespace Parley.Server.Https;

/// <summary>
/// Looks every few seconds whether the certificate has changed. Not by the file system's own notices: those miss swapped symbolic links
/// (certbot, Kubernetes) and network file systems, and two small files are quickly read.
/// </summary>
internal sealed class CertificateWatch(ICertificateSource source, ServerCertificate certificate, TimeProvider time, ILogger<CertificateWatch> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private string? _problem;
    private bool _problemTold;
    private LoadedCertificate? _outdatedTold;

    /// <summary>One look.</summary>
    public void Check()
    {
        if (TryRenew(out var problem))
        {
            logger.CertificateRenewed(Text(certificate.Current.Leaf.NotAfter));
        }

        Tell(problem);
        if (!certificate.Current.IsValidAt(time.GetUtcNow()) && _outdatedTold != certificate.Current)
        {
            _outdatedTold = certificate.Current;
            logger.CertificateOutdated(Text(_outdatedTold.Leaf.NotBefore), Text(_outdatedTold.Leaf.NotAfter));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Check();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Check();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Puts the certificate to use, if it is another one that is at least as good as the one in use.</summary>
    private bool TryRenew(out string? problem)
    {
        problem = null;
        try
        {
            var read = source.Read();
            if (read.IsSameAs(certificate.Current))
            {
                read.Dispose();
                return false;
            }

            if (read.IsValidAt(time.GetUtcNow()) || !certificate.Current.IsValidAt(time.GetUtcNow()))
            {
                certificate.Replace(read);
                return true;
            }

            problem = $"it is good from {Text(read.Leaf.NotBefore)} to {Text(read.Leaf.NotAfter)} only";
            read.Dispose();
        }
        catch (Exception e)
        {
            // Whatever it is: calls go on with the certificate there is.
            problem = e.Message;
        }

        return false;
    }

    /// <summary>Tells of a problem once, and only when it stays: while the files are being replaced, one may be new and the other old.</summary>
    private void Tell(string? problem)
    {
        if (problem != _problem)
        {
            (_problem, _problemTold) = (problem, false);
        }
        else if (problem is not null && !_problemTold)
        {
            _problemTold = true;
            logger.CertificateNotRenewed(problem);
        }
    }

    private static string Text(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
