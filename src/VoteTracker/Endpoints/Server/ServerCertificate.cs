using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VoteTracker.Endpoints.Server;

/// <summary>
/// The certificate with which this service accepts TLS connections. It is loaded again when its files change. Files that
/// cannot be used leave the current certificate in use.
/// </summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan ExpiryWarning = TimeSpan.FromDays(14);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _clock;
    private readonly ILogger<ServerCertificate> _log;
    private readonly Lock _lock = new();
    private volatile Loaded _current;
    private DateOnly? _warnedOn;
    private string? _lastFault;

    /// <exception cref="SettingException">The files cannot be used.</exception>
    public ServerCertificate(Settings settings, TimeProvider clock, ILogger<ServerCertificate> log)
    {
        (_files, _clock, _log) = (new CertificateFiles(settings), clock, log);
        _current = Load(_files.Hash());
        WarnBeforeExpiry();
    }

    /// <summary>Whether the settings name a certificate.</summary>
    public static bool IsSet(Settings settings) => !string.IsNullOrEmpty(settings.Certificate);

    /// <summary>When the current certificate expires.</summary>
    public DateTimeOffset NotAfter => new(_current.Certificate.NotAfter);

    /// <summary>The current certificate with those of its issuers, as TLS sends it.</summary>
    public SslStreamCertificateContext Context => _current.Context;

    /// <summary>The current certificate.</summary>
    public X509Certificate2 Certificate => _current.Certificate;

    /// <summary>
    /// Loads the files if they have changed. While a program replaces them one after another, they do not belong together:
    /// the next call loads them.
    /// </summary>
    public void Reload()
    {
        lock (_lock)
        {
            try
            {
                var hash = _files.Hash();
                if (!CryptographicOperations.FixedTimeEquals(hash, _current.Hash))
                {
                    // The old one is not disposed of: connections that are being opened use it.
                    _current = Load(hash);
                    _warnedOn = null;
                    _log.LogInformation("A new certificate is in use. It is valid until {NotAfter}.", Format(NotAfter));
                }
                _lastFault = null;
            }
            catch (SettingException exception)
            {
                // Once for each fault, and not each minute.
                if (_lastFault != exception.Message)
                {
                    _log.LogError(
                        "The certificate was not replaced, the earlier one stays in use. {Fault}",
                        exception.Message
                    );
                    _lastFault = exception.Message;
                }
            }
            WarnBeforeExpiry();
        }
    }

    private Loaded Load(byte[] hash)
    {
        var (certificate, issuers) = _files.Load();
        // Offline: the service requests nothing from issuers.
        return new Loaded(certificate, SslStreamCertificateContext.Create(certificate, issuers, offline: true), hash);
    }

    // Once a day.
    private void WarnBeforeExpiry()
    {
        var now = _clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (NotAfter - now > ExpiryWarning || _warnedOn == today)
        {
            return;
        }
        _warnedOn = today;
        if (NotAfter <= now)
        {
            _log.LogError("The certificate expired on {NotAfter}. Clients reject it. Renew it.", Format(NotAfter));
        }
        else
        {
            _log.LogWarning("The certificate expires on {NotAfter}. Renew it.", Format(NotAfter));
        }
    }

    private static string Format(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private sealed record Loaded(X509Certificate2 Certificate, SslStreamCertificateContext Context, byte[] Hash);
}
