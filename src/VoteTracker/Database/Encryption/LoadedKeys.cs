using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// The keys of the database, in use by ASP.NET Core Data Protection: AES-256 in GCM mode, with a new subkey for each text.
/// The class never reads the database. So a write that encrypts does not wait for another write.
/// </summary>
internal sealed class LoadedKeys
{
    // Both are part of every encrypted text. Another value makes the stored texts unreadable.
    private const string Application = "VoteTracker";
    private const string Purpose = "personal texts, 1";

    private readonly IDataProtector _protector;

    private LoadedKeys(IDataProtector protector) => _protector = protector;

    /// <summary>The keys from their XML.</summary>
    public static LoadedKeys FromXml(IReadOnlyList<XElement> keys) =>
        new(Start(new KeyList(keys)).GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose));

    /// <summary>Creates a key, as XML that is not protected.</summary>
    public static XElement CreateKey(DateTimeOffset activation, DateTimeOffset expiration)
    {
        var keys = new KeyList([]);
        Start(keys).GetRequiredService<IKeyManager>().CreateNewKey(activation, expiration);
        return keys.GetAllElements().Single();
    }

    /// <summary>Encrypts bytes with the current key.</summary>
    public byte[] Protect(byte[] bytes) => _protector.Protect(bytes);

    /// <summary>Decrypts bytes with the key that encrypted them.</summary>
    public byte[] Unprotect(byte[] bytes) => _protector.Unprotect(bytes);

    // The key ring creates keys, because a key must be committed before the first text is encrypted with it.
    private static ServiceProvider Start(KeyList keys)
    {
        var services = new ServiceCollection();
        services
            .AddDataProtection(options => options.ApplicationDiscriminator = Application)
            .DisableAutomaticKeyGeneration()
            .UseCryptographicAlgorithms(
                new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM }
            );
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
        return services.BuildServiceProvider();
    }

    private sealed class KeyList(IReadOnlyList<XElement> keys) : IXmlRepository
    {
        private readonly List<XElement> _keys = [.. keys];

        public IReadOnlyCollection<XElement> GetAllElements() => _keys;

        public void StoreElement(XElement element, string friendlyName) => _keys.Add(element);
    }
}
