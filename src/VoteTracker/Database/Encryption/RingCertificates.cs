using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace VoteTracker.Database.Encryption;

/// <summary>The certificates that protect the keys of personal data, with XML encryption. The first protects new keys.</summary>
internal sealed class RingCertificates(IReadOnlyList<string> paths, string? password)
{
    private const string Kind = "certificate:";

    private readonly Lazy<IReadOnlyList<X509Certificate2>> _loaded = new(() =>
        [.. paths.Select(path => Load(path, password))]
    );

    /// <summary>The name of the protection by the first certificate.</summary>
    public string Name => Kind + _loaded.Value[0].Thumbprint;

    /// <summary>Whether a certificate is the protection with this name.</summary>
    public static bool Owns(string protectedBy) => protectedBy.StartsWith(Kind, StringComparison.Ordinal);

    /// <summary>Reads the certificates; a <see cref="SettingException"/> names the wrong one.</summary>
    public void Check() => _ = _loaded.Value;

    /// <summary>Encrypts a key with the first certificate.</summary>
    public string Encrypt(XElement key) =>
        new CertificateXmlEncryptor(_loaded.Value[0], NullLoggerFactory.Instance)
            .Encrypt(key)
            .EncryptedElement.ToString(SaveOptions.DisableFormatting);

    /// <summary>Decrypts a key with the certificate that encrypted it.</summary>
    public XElement Decrypt(string protectedBy, string value)
    {
        if (_loaded.Value.All(certificate => Kind + certificate.Thumbprint != protectedBy))
        {
            throw new SettingException(
                $"ProtectionCertificate does not have the certificate that protects the keys of personal data in this database ({protectedBy}). Add it after the new one, separated by a comma."
            );
        }
        var services = new ServiceCollection();
        services.AddDataProtection().UnprotectKeysWithAnyCertificate([.. _loaded.Value]);
        using var provider = services.BuildServiceProvider();
        return new EncryptedXmlDecryptor(provider).Decrypt(XElement.Parse(value));
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            var certificate = Read(path, password);
            SecretFile.CheckMode(nameof(Settings.ProtectionCertificate), path);
            return certificate.GetRSAPrivateKey() is not null
                ? certificate
                : throw new SettingException(
                    $"ProtectionCertificate: {path} must have a certificate with its private RSA key."
                );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException($"ProtectionCertificate: the file {path} does not exist.");
        }
        catch (CryptographicException)
        {
            throw new SettingException(
                $"ProtectionCertificate: {path} must be a PFX or PEM file with a certificate and its private key, and ProtectionCertificatePassword its password."
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                $"ProtectionCertificate: {path} cannot be read. The user that runs the service needs permission to read it."
            );
        }
    }

    private static X509Certificate2 Read(string path, string? password)
    {
        if (!File.ReadAllBytes(path).AsSpan().StartsWith("-----BEGIN"u8))
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        return password is null
            ? X509Certificate2.CreateFromPemFile(path)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password);
    }
}
