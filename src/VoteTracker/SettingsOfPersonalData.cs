using System.ComponentModel;

namespace VoteTracker;

/// <content>The encryption and the retention of texts about people.</content>
internal sealed partial record Settings
{
    [Description(
        "A file with 32 random bytes as base64, which protects the keys of personal data in the database. SQLite has `<database>.key` without it. Further files after a comma only open older keys."
    )]
    public string ProtectionKeyFile { get; init; } = "";

    [Description(
        "A PFX or PEM file with a certificate and its private RSA key, which protects the keys of personal data instead of a key file. Further files after a comma only open older keys."
    )]
    public string ProtectionCertificate { get; init; } = "";

    [Description("The password of the files of `ProtectionCertificate`.")]
    public string? ProtectionCertificatePassword { get; init; }

    [Description("A file with that password on one line, instead of `ProtectionCertificatePassword`.")]
    public string? ProtectionCertificatePasswordFile { get; init; }

    [Description(
        "The days after which a contact without an engagement, a task or a change is erased; 0 erases none. The least number is 30."
    )]
    public int ContactDays { get; init; }

    /// <summary>The password of the certificates; null if they have none.</summary>
    internal string? FindCertificatePassword() =>
        string.IsNullOrEmpty(ProtectionCertificatePasswordFile) ? ProtectionCertificatePassword
        : string.IsNullOrEmpty(ProtectionCertificatePassword)
            ? SecretFile.Load(nameof(ProtectionCertificatePasswordFile), ProtectionCertificatePasswordFile)
        : throw new SettingException(
            "ProtectionCertificatePassword and ProtectionCertificatePasswordFile are both set. Remove one of them."
        );
}
