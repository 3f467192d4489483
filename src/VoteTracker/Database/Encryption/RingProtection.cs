using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// What protects the keys in the database: a certificate, a key file, or nothing. The first certificate or key file of the
/// settings protects; the others only open keys that they protected before.
/// </summary>
internal sealed class RingProtection
{
    /// <summary>The name of the protection of keys that are stored as they are.</summary>
    public const string Nothing = "nothing";

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly RingCertificates? _certificates;
    private readonly IReadOnlyList<RingKeyFile> _files;

    private RingProtection(RingCertificates? certificates, IReadOnlyList<RingKeyFile> files) =>
        (_certificates, _files) = (certificates, files);

    /// <summary>Whether something outside the database protects the keys.</summary>
    public bool IsProtected => _certificates is not null || _files.Count > 0;

    /// <summary>The path of the key file that protects the keys; null for a certificate or nothing.</summary>
    public string? KeyFile => _certificates is null && _files is [var first, ..] ? first.Path : null;

    /// <summary>The name of the protection of new keys, with the fingerprint of the certificate or of the key file.</summary>
    public string Name => _certificates?.Name ?? (_files is [var first, ..] ? first.LoadOrCreate().Name : Nothing);

    /// <summary>The protection by the settings. A file of SQLite has a key file beside it by default.</summary>
    public static RingProtection FromSettings(Settings settings, IEngine engine)
    {
        var certificates = Split(settings.ProtectionCertificate);
        var files = Split(settings.ProtectionKeyFile).Select(path => new RingKeyFile(path, isDefault: false)).ToList();
        if (files.Count == 0 && engine.IsLocal && Path.IsPathRooted(engine.Location))
        {
            files.Add(new RingKeyFile(engine.Location + ".key", isDefault: true));
        }
        return new RingProtection(
            certificates.Length == 0 ? null : new RingCertificates(certificates, settings.FindCertificatePassword()),
            files
        );
    }

    /// <summary>Reads the named files. A <see cref="SettingException"/> names the one that is missing or wrong.</summary>
    public void Check()
    {
        _certificates?.Check();
        foreach (var file in _files.Where(file => !file.IsDefault))
        {
            _ = file.Load();
        }
    }

    /// <summary>A sentence for the operator about the protection.</summary>
    public string Describe() =>
        _certificates is not null
            ? "A certificate protects the keys of personal data. Keep it and its password apart from the backups."
        : KeyFile is { } file
            ? $"The key file {file} protects the keys of personal data. Keep a copy of it apart from the backups."
        : "Nothing outside the database protects the keys of personal data. Set ProtectionCertificate or ProtectionKeyFile.";

    /// <summary>Protects a key for storage.</summary>
    public string Seal(XElement key)
    {
        var text = key.ToString(SaveOptions.DisableFormatting);
        if (_certificates is not null)
        {
            return _certificates.Encrypt(key);
        }
        if (_files.Count == 0)
        {
            return text;
        }
        var secret = _files[0].LoadOrCreate().Secret;
        var plain = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        using var aes = new AesGcm(secret, TagLength);
        aes.Encrypt(
            bytes.AsSpan(0, NonceLength),
            plain,
            bytes.AsSpan(NonceLength, plain.Length),
            bytes.AsSpan(NonceLength + plain.Length)
        );
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Opens a stored key. A <see cref="SettingException"/> if the settings do not have what protects it.</summary>
    public XElement Open(string protectedBy, string value)
    {
        if (protectedBy == Nothing)
        {
            return XElement.Parse(value);
        }
        if (RingCertificates.Owns(protectedBy))
        {
            return _certificates is { } certificates
                ? certificates.Decrypt(protectedBy, value)
                : throw new SettingException(
                    $"A certificate protects the keys of personal data in this database ({protectedBy}). Name its file in ProtectionCertificate."
                );
        }
        return OpenWithFile(protectedBy, value);
    }

    private XElement OpenWithFile(string protectedBy, string value)
    {
        if (_files.Count == 0)
        {
            throw new SettingException(
                "A key file protects the keys of personal data in this database. Name it in ProtectionKeyFile."
            );
        }
        if (_files.Select(file => file.Load()).FirstOrDefault(file => file.Name == protectedBy) is not { } file)
        {
            throw new SettingException(
                $"The key file {_files[0].Path} is not the one that protects the keys of personal data in this database. Restore the right file there, or name it in ProtectionKeyFile."
            );
        }
        var bytes = Convert.FromBase64String(value);
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(file.Secret, TagLength);
            aes.Decrypt(
                bytes.AsSpan(0, NonceLength),
                bytes.AsSpan(NonceLength, plain.Length),
                bytes.AsSpan(NonceLength + plain.Length),
                plain
            );
        }
        catch (CryptographicException)
        {
            throw new SettingException(
                "A key of personal data in the database was damaged. Restore the table protection_key from a backup."
            );
        }
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private static string[] Split(string paths) =>
        paths.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
