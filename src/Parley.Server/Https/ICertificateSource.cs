using Parley.Server.Configuration;

namespace Parley.Server.Https;

/// <summary>Where the certificate comes from: files of somebody else's, or this server itself.</summary>
internal interface ICertificateSource
{
    /// <summary>The certificate as it is at this moment, outdated or not.</summary>
    /// <exception cref="ConfigurationException">There is none that could be used.</exception>
    LoadedCertificate Read();
}
