using System.Net;
using System.Security.Cryptography;
using Parley.Server.Configuration;
using Parley.Server.Listening;

namespace Parley.Server.Https;

/// <summary>Puts the certificate to use, where one is configured.</summary>
internal static class HttpsServices
{
    /// <summary>Reads the certificate and has Kestrel use it; does nothing without one.</summary>
    /// <param name="builder">The server that is being built.</param>
    /// <param name="options">Where the certificate comes from.</param>
    /// <param name="folder">Where a self-made one is kept.</param>
    /// <exception cref="ConfigurationException">The certificate cannot be used.</exception>
    public static void AddHttps(this WebApplicationBuilder builder, HttpsOptions options, DataFolder folder)
    {
        builder.Services.AddSingleton(options);
        ICertificateSource? source = options.SelfSigned
            ? new SelfSignedCertificate(folder, TimeProvider.System, LocalAddresses.Read, Dns.GetHostName())
            : options.Files;
        if (source is null)
        {
            return;
        }

        var certificate = new ServerCertificate(source.Read());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(certificate.Serve));
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton(certificate);
        builder.Services.AddHostedService<CertificateWatch>();
    }

    /// <summary>Once the server has started: tells by what browsers know a self-made certificate, and warns where one serves nobody.</summary>
    public static void TellOfCertificate(this WebApplication app)
    {
        if (app.Services.GetService<ServerCertificate>() is not { } certificate)
        {
            return;
        }

        var logger = app.Services.GetRequiredService<ILogger<ServerCertificate>>();
        if (!app.Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            logger.CertificateUnused();
        }
        else if (app.Services.GetRequiredService<HttpsOptions>().SelfSigned)
        {
            // As browsers show it beside their warning.
            logger.SelfSignedFingerprint(BitConverter.ToString(certificate.Current.Leaf.GetCertHash(HashAlgorithmName.SHA256)).Replace('-', ':'));
        }
    }
}
