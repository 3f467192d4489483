using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace VoteTracker.Endpoints.Tables;

/// <summary>The archive of a workbook. It is checked before any of its parts is decompressed.</summary>
internal static class WorkbookArchive
{
    /// <summary>The largest decompressed size. A sheet of 5,000 contacts has 4 MB; a body of 1 MB can decompress to 1 GB.</summary>
    public const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Throws if it is too large or has a password. .NET decompresses no entry beyond the size that it declares.</summary>
    public static void Check(ReadOnlyMemory<byte> bytes)
    {
        using var content = Open(bytes);
        using var archive = new ZipArchive(content, ZipArchiveMode.Read);
        if (archive.Entries.Sum(entry => Math.Max(0, entry.Length)) > MostBytes)
        {
            throw TableFile.Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"has more than {MostBytes} bytes when decompressed: copy the cells of the list to a new workbook, or save the sheet as CSV, UTF-8"
                )
            );
        }
        if (archive.Entries.Any(entry => entry.IsEncrypted))
        {
            throw TableFile.Refuse(
                "is an archive with a password: remove the password, or save the sheet as CSV, UTF-8"
            );
        }
    }

    /// <summary>The bytes as a stream.</summary>
    public static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
