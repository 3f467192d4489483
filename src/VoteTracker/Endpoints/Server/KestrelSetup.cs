using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using VoteTracker.Endpoints.Limits;

namespace VoteTracker.Endpoints.Server;

/// <summary>How the HTTP server accepts connections: TLS, and limits of connections and headers.</summary>
internal static class KestrelSetup
{
    private const int MaxHeaders = 64;
    private const int MaxHeaderBytes = 16_384;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddSingleton<ServerCertificate>();
        services.AddHostedService<WatchCertificate>();
        services.AddSingleton<OpenStreams>();
        return services;
    }

    /// <summary>
    /// Limits headers, and the connections of all clients and of each. The server closes a connection above a limit, because
    /// a response needs the resources that the limit protects.
    /// </summary>
    public static void LimitConnections(this KestrelServerOptions kestrel)
    {
        var settings = kestrel.ApplicationServices.GetRequiredService<Settings>();
        kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections == 0 ? null : settings.MaxConnections;
        if (settings.ConnectionsPerAddress > 0)
        {
            var limit = new ConnectionLimit(settings);
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(limit.Accept));
        }
    }

    /// <summary>Uses the certificate of the settings for `https` addresses.</summary>
    /// <exception cref="SettingException">An address has `https`, and there is no certificate.</exception>
    public static void UseServerCertificate(this KestrelServerOptions kestrel)
    {
        var settings = kestrel.ApplicationServices.GetRequiredService<Settings>();
        var listensToTls = settings.Urls.Contains("https://", StringComparison.OrdinalIgnoreCase);
        if (!ServerCertificate.IsSet(settings))
        {
            // The server's own configuration can name a certificate too.
            var configuration = kestrel.ApplicationServices.GetRequiredService<IConfiguration>();
            if (listensToTls && !configuration.GetSection("Kestrel").Exists())
            {
                throw new SettingException(
                    "Urls has an address with https://, and Certificate is not set. Set Certificate to the file of the certificate, or use http:// behind a proxy."
                );
            }
            return;
        }
        if (!listensToTls)
        {
            throw new SettingException(
                $"Certificate is set, but no address in Urls begins with https://: {settings.Urls}. Add one, such as https://*:443, or remove Certificate."
            );
        }
        var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.ServerCertificateSelector = (_, _) => certificate.Certificate;
            // A selector sends no certificates of issuers. The context does, and is created once.
            https.OnAuthenticate = (_, tls) =>
            {
                tls.ServerCertificateSelectionCallback = null;
                tls.ServerCertificateContext = certificate.Context;
            };
        });
    }
}
