namespace Parley.Server.Https;

internal static partial class Log
{
    [LoggerMessage(30, LogLevel.Information, "The certificate has been renewed; it is good until {NotAfter}", EventName = "CertificateRenewed")]
    public static partial void CertificateRenewed(this ILogger logger, string notAfter);

    [LoggerMessage(31, LogLevel.Warning, "The new certificate is not used, the old one stays: {Problem}", EventName = "CertificateNotRenewed")]
    public static partial void CertificateNotRenewed(this ILogger logger, string problem);

    [LoggerMessage(32, LogLevel.Warning, "Browsers will refuse the certificate: it is good from {NotBefore} to {NotAfter}. "
        + "A new one is taken as soon as it is there, without a restart", EventName = "CertificateOutdated")]
    public static partial void CertificateOutdated(this ILogger logger, string notBefore, string notAfter);

    [LoggerMessage(33, LogLevel.Warning, "Parley:Https is configured, but no address begins with https://", EventName = "CertificateUnused")]
    public static partial void CertificateUnused(this ILogger logger);

    [LoggerMessage(34, LogLevel.Information, "Browsers will warn of the self-made certificate. It is the right one if they show this SHA-256 fingerprint: "
        + "{Fingerprint}", EventName = "SelfSignedFingerprint")]
    public static partial void SelfSignedFingerprint(this ILogger logger, string fingerprint);
}
