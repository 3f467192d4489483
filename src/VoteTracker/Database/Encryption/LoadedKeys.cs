using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// The keys of the database. ASP.NET Core Data Protection encrypts a text key with each of its keys, and the text keys
/// encrypt the texts: Data Protection derives a new key for each call, which takes several times as long as a short text.
/// </summary>
/// <remarks>The class never reads the database. So a write that encrypts does not wait for another write.</remarks>
internal sealed class LoadedKeys
{
    // Both are part of every encrypted text key. Another value makes the stored texts unreadable.
    private const string Application = "VoteTracker";
    private const string Purpose = "text keys, 1";

    private const int IdLength = 8;

    private readonly Dictionary<ulong, TextCipher> _ciphers = [];
    private readonly ulong _current;

    private LoadedKeys(IReadOnlyList<RingKey> keys)
    {
        var protector = CreateProtector(new KeyList([.. keys.Select(key => key.Xml)]));
        foreach (var key in keys)
        {
            var id = ShortId(key.Id);
            _ciphers[id] = new TextCipher(protector.Unprotect(Convert.FromBase64String(key.TextKey)));
            _current = id;
        }
    }

    /// <summary>Opens the keys. The last one encrypts new texts.</summary>
    public static LoadedKeys Open(IReadOnlyList<RingKey> keys) => new(keys);

    /// <summary>Creates a key and its text key.</summary>
    public static RingKey Create(DateTimeOffset begin, DateTimeOffset end)
    {
        var keys = new KeyList([]);
        using var services = Start(keys);
        services.GetRequiredService<IKeyManager>().CreateNewKey(begin, end);
        var xml = keys.GetAllElements().Single();
        return new RingKey(
            xml.Attribute("id")!.Value,
            xml,
            Convert.ToBase64String(CreateProtector(keys).Protect(RandomNumberGenerator.GetBytes(32)))
        );
    }

    /// <summary>Encrypts bytes. The result names its key.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[IdLength + TextCipher.Overhead + plain.Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _current);
        _ciphers[_current].Encrypt(plain, bytes.AsSpan(IdLength), bytes.AsSpan(0, IdLength));
        return bytes;
    }

    /// <summary>Decrypts bytes with the key that they name.</summary>
    /// <exception cref="CryptographicException">The key is not loaded, or the bytes were damaged.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length < IdLength + TextCipher.Overhead
            || !_ciphers.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(bytes), out var cipher)
        )
        {
            throw new CryptographicException("The key of the text is not loaded.");
        }
        return cipher.Decrypt(bytes[IdLength..], bytes[..IdLength]);
    }

    // The first half of its random id.
    private static ulong ShortId(string id) => BinaryPrimitives.ReadUInt64BigEndian(Guid.Parse(id).ToByteArray());

    private static IDataProtector CreateProtector(KeyList keys) =>
        Start(keys).GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);

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

/// <summary>A key of Data Protection, and the text key that it encrypts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Xml">The key as Data Protection writes it.</param>
/// <param name="TextKey">The encrypted text key, as base64.</param>
internal sealed record RingKey(string Id, XElement Xml, string TextKey);
