using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>
/// The header of a file in the age format, version 1, that is encrypted with a passphrase. It has the key of the file,
/// encrypted with a key that scrypt derives from the passphrase, and a code that authenticates the header.
/// </summary>
internal static class AgeHeader
{
    /// <summary>The beginning of every file in this format.</summary>
    public const string Magic = "age-encryption.org/";

    private const string FirstLine = "age-encryption.org/v1";
    private const string SaltLabel = "age-encryption.org/v1/scrypt";
    private const int KeyLength = 32;
    private const int FileKeyLength = 16;
    private const int SaltLength = 16;
    private const int TagLength = 16;
    private const int MaxLine = 128;

    // The key has 256 random bits, so the work of scrypt adds nothing. age itself uses 18, and reads any of these.
    private const int WorkFactor = 12;
    private const int MaxWorkFactor = 18;

    // Each wrapping key is used once.
    private static readonly byte[] Nonce = new byte[12];

    /// <summary>Creates a key for a new file, and writes the header.</summary>
    public static byte[] Write(Stream target, BackupKey key)
    {
        var fileKey = RandomNumberGenerator.GetBytes(FileKeyLength);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var wrapped = new byte[FileKeyLength + TagLength];
        using (var cipher = new ChaCha20Poly1305(WrappingKey(key, salt, WorkFactor)))
        {
            cipher.Encrypt(Nonce, fileKey, wrapped.AsSpan(0, FileKeyLength), wrapped.AsSpan(FileKeyLength));
        }
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"{FirstLine}\n-> scrypt {Encode(salt)} {WorkFactor}\n{Encode(wrapped)}\n---"
        );
        target.Write(Encoding.ASCII.GetBytes($"{header} {Encode(Authenticate(fileKey, header))}\n"));
        return fileKey;
    }

    /// <summary>Reads the header. Returns the key of the file.</summary>
    /// <exception cref="InvalidDataException">The header is malformed, or the key does not fit.</exception>
    public static byte[] Read(Stream source, BackupKey key)
    {
        var lines = new string[4];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = ReadLine(source);
        }
        if (lines[0] != FirstLine)
        {
            throw new InvalidDataException("The archive is encrypted in another version of the age format.");
        }
        if (!lines[1].StartsWith("-> scrypt ", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                "The archive is encrypted for an age identity and not with a key file. Decrypt it with age first."
            );
        }
        if (
            lines[1].Split(' ') is not [_, _, var saltText, var work]
            || Decode(saltText) is not { Length: SaltLength } salt
            || !int.TryParse(work, NumberStyles.None, CultureInfo.InvariantCulture, out var workFactor)
            || workFactor is < 1 or > MaxWorkFactor
            || Decode(lines[2]) is not { Length: FileKeyLength + TagLength } wrapped
            || lines[3].Split(' ') is not ["---", var codeText]
            || Decode(codeText) is not { } code
        )
        {
            throw Damaged();
        }
        var fileKey = new byte[FileKeyLength];
        using (var cipher = new ChaCha20Poly1305(WrappingKey(key, salt, workFactor)))
        {
            try
            {
                cipher.Decrypt(Nonce, wrapped.AsSpan(0, FileKeyLength), wrapped.AsSpan(FileKeyLength), fileKey);
            }
            catch (AuthenticationTagMismatchException exception)
            {
                throw new InvalidDataException(
                    "The key does not fit this archive, or the beginning of the archive was changed.",
                    exception
                );
            }
        }
        return CryptographicOperations.FixedTimeEquals(
            Authenticate(fileKey, $"{lines[0]}\n{lines[1]}\n{lines[2]}\n---"),
            code
        )
            ? fileKey
            : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("The beginning of the archive was changed or is incomplete.");

    private static byte[] WrappingKey(BackupKey key, byte[] salt, int workFactor) =>
        Scrypt.DeriveKey(key.Passphrase, [.. Encoding.ASCII.GetBytes(SaltLabel), .. salt], workFactor, KeyLength);

    private static byte[] Authenticate(byte[] fileKey, string header) =>
        HMACSHA256.HashData(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, KeyLength, salt: [], info: "header"u8.ToArray()),
            Encoding.ASCII.GetBytes(header)
        );

    private static string ReadLine(Stream source)
    {
        var line = new StringBuilder();
        for (int next; (next = source.ReadByte()) != '\n'; )
        {
            if (next < 0 || line.Length == MaxLine)
            {
                throw Damaged();
            }
            line.Append((char)next);
        }
        return line.ToString();
    }

    // Base64 without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    // Different texts never have the same bytes.
    private static byte[]? Decode(string text)
    {
        var bytes = new byte[MaxLine];
        return
            Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length)
            && Encode(bytes[..length]) == text
            ? bytes[..length]
            : null;
    }
}
