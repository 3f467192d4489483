using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Database.Encryption;

/// <summary>
/// Encrypts and decrypts the texts about people that the database stores. The keys are loaded when the first such text is
/// read or written: <see cref="Db"/> loads them after a <see cref="KeysMissingException"/>, and runs the work again.
/// </summary>
internal sealed class PersonalTexts
{
    // No text of an earlier release begins with it, because it begins with a control character.
    private const string Prefix = "\u0001p1:";

    private volatile LoadedKeys? _keys;

    /// <summary>The loaded keys; null before the first use.</summary>
    public LoadedKeys? Keys
    {
        get => _keys;
        set => _keys = value;
    }

    /// <summary>The texts of a database, for the stores that use this connection.</summary>
    public static PersonalTexts Of(DbConnection connection) => ((IEncryptingConnection)connection).Texts;

    /// <summary>Whether a stored text is encrypted.</summary>
    public static bool IsEncrypted(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Encrypts a text for storage; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Encrypt(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var keys = _keys ?? throw new KeysMissingException(used: null);
        return Prefix + Convert.ToBase64String(keys.Encrypt(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Decrypts a stored text. A text of an earlier release, which is not encrypted yet, is returned as it is.</summary>
    [return: NotNullIfNotNull(nameof(stored))]
    public string? Decrypt(string? stored)
    {
        if (stored is null || !IsEncrypted(stored))
        {
            return stored;
        }
        var keys = _keys ?? throw new KeysMissingException(used: null);
        try
        {
            return Encoding.UTF8.GetString(keys.Decrypt(Convert.FromBase64String(stored[Prefix.Length..])));
        }
        catch (CryptographicException exception)
        {
            throw new KeysMissingException(keys, exception);
        }
    }
}

/// <summary>A connection of a database with encrypted texts.</summary>
internal interface IEncryptingConnection
{
    /// <summary>The encryption of this database.</summary>
    PersonalTexts Texts { get; }
}

/// <summary>
/// A text cannot be encrypted or decrypted with the loaded keys. Another replica may have created a key in the meantime, so
/// the keys are loaded and the work runs once more.
/// </summary>
internal sealed class KeysMissingException(LoadedKeys? used, Exception? inner = null)
    : Exception("A stored text cannot be decrypted: its key is not in the database, or the text was damaged.", inner)
{
    /// <summary>The keys that were used; null if none were loaded.</summary>
    public LoadedKeys? Used => used;
}
