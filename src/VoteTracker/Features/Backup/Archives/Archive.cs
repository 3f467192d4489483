using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup.Archives;

/// <summary>
/// A backup in a file: a SQLite database, compressed with gzip, encrypted in the age format, or both. What a file has is
/// found from its content, and not from its name.
/// </summary>
internal sealed class Archive : IDisposable
{
    private Archive(Stream content, ArchiveForm form) => (Content, Form) = (content, form);

    /// <summary>The database.</summary>
    public Stream Content { get; }

    /// <summary>How it is stored.</summary>
    public ArchiveForm Form { get; }

    /// <summary>Writes a new archive of a database file. It is on disk when this returns.</summary>
    public static void Write(string database, string archive, ArchiveForm form)
    {
        using var source = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var target = PrivateFile.Create(archive, FileOptions.None);
        using (var encrypted = form.Key is { } key ? new AgeWriter(target, key) : null)
        {
            var next = encrypted ?? (Stream)target;
            if (form.IsCompressed)
            {
                using var compressed = new GZipStream(next, CompressionLevel.Optimal, leaveOpen: true);
                source.CopyTo(compressed);
            }
            else
            {
                source.CopyTo(next);
            }
            encrypted?.Complete();
        }
        target.Flush(flushToDisk: true);
    }

    /// <summary>Opens a backup. The key is loaded only if it is needed.</summary>
    /// <exception cref="InvalidDataException">The beginning is damaged, or the key does not fit.</exception>
    public static Archive Open(string path, Func<BackupKey> loadKey)
    {
        Stream content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Span<byte> beginning = stackalloc byte[AgeHeader.Magic.Length];
            var length = content.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            content.Position = 0;
            BackupKey? key = null;
            bool isCompressed;
            if (Encoding.ASCII.GetString(beginning[..length]) == AgeHeader.Magic)
            {
                key = loadKey();
                var decrypted = new AgeReader(content, key);
                content = decrypted;
                isCompressed = IsGzip(decrypted.Beginning);
            }
            else
            {
                isCompressed = IsGzip(beginning[..length]);
            }
            return new Archive(
                isCompressed ? new GZipStream(content, CompressionMode.Decompress) : content,
                new ArchiveForm(isCompressed, key)
            );
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>The SHA-256 of the database in an archive, of which all is read.</summary>
    public static byte[] Hash(string path, ArchiveForm form)
    {
        using var archive = Open(path, () => form.Key!);
        return SHA256.HashData(archive.Content);
    }

    public void Dispose() => Content.Dispose();

    private static bool IsGzip(ReadOnlySpan<byte> beginning) => beginning is [0x1F, 0x8B, ..];
}
