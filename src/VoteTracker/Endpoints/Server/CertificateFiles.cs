using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VoteTracker.Database;

namespace VoteTracker.Endpoints.Server;

/// <summary>
/// The files of the server's certificate: PEM with a key, in one file or two, or PKCS #12 (`.pfx`, `.p12`). Messages name
/// the setting and the file, never the content.
/// </summary>
internal sealed class CertificateFiles(Settings settings)
{
    private readonly string _certificate =
        settings.Certificate ?? throw new InvalidOperationException("The setting Certificate is not set.");

    private bool IsPkcs12 => Path.GetExtension(_certificate).ToUpperInvariant() is ".PFX" or ".P12";

    private string KeyFile => string.IsNullOrEmpty(settings.CertificateKey) ? _certificate : settings.CertificateKey;

    /// <summary>Reads the bytes of all files, to compare them with earlier ones.</summary>
    /// <exception cref="SettingException">A file is missing, cannot be read, or every user of the machine can read the key.</exception>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Read(nameof(Settings.Certificate), _certificate));
        if (!IsPkcs12)
        {
            hash.AppendData(Read(nameof(Settings.CertificateKey), KeyFile));
        }
        SecretFile.CheckMode(nameof(Settings.CertificateKey), IsPkcs12 ? _certificate : KeyFile);
        return hash.GetHashAndReset();
    }

    /// <summary>Loads the certificate with its key, and the certificates of its issuers that are in the file.</summary>
    /// <exception cref="SettingException">The files have no certificate with a key that belongs to it.</exception>
    public (X509Certificate2 Certificate, X509Certificate2Collection Issuers) Load()
    {
        try
        {
            return IsPkcs12 ? LoadPkcs12() : LoadPem();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SettingException(
                $"Certificate: {_certificate} must have a certificate, and {KeyFile} its private key, as PEM or PKCS #12. A password belongs into CertificatePasswordFile."
            );
        }
    }

    private (X509Certificate2, X509Certificate2Collection) LoadPem()
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(_certificate);
        using var read = Password is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(_certificate, password, KeyFile)
            : X509Certificate2.CreateFromPemFile(_certificate, KeyFile);
        // On Windows, TLS needs a key that the system has stored.
        var certificate = OperatingSystem.IsWindows()
            ? X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null)
            : new X509Certificate2(read);
        return (certificate, Issuers(all, certificate));
    }

    private (X509Certificate2, X509Certificate2Collection) LoadPkcs12()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(_certificate, Password);
        var certificate =
            all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new CryptographicException("There is no private key.");
        return (certificate, Issuers(all, certificate));
    }

    private string? Password =>
        string.IsNullOrEmpty(settings.CertificatePasswordFile)
            ? null
            : SecretFile.Load(nameof(Settings.CertificatePasswordFile), settings.CertificatePasswordFile);

    private static X509Certificate2Collection Issuers(X509Certificate2Collection all, X509Certificate2 certificate) =>
        [.. all.Where(one => one.Thumbprint != certificate.Thumbprint)];

    private static byte[] Read(string setting, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException($"{setting}: the file {path} does not exist.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"{setting}: {path} cannot be read. The user that runs the service needs permission to read it."
            );
        }
    }
}
