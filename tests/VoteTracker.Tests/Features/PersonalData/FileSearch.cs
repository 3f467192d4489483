using System.IO.Compression;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Database.Encryption;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>Searches texts in the files and in the encrypted columns of a database, and in responses.</summary>
internal static class FileSearch
{
    private const int Window = 200;

    /// <summary>The encrypted columns with a text that fulfils a condition, such as `contact.name`.</summary>
    public static List<string> FindColumns(string folder, Func<string, bool> isFound)
    {
        using var connection = Databases.Open(folder);
        return FindColumns(connection, Databases.Setting(folder), isFound);
    }

    /// <summary>The same in a file of SQLite.</summary>
    public static List<string> FindColumnsOfFile(string file, Func<string, bool> isFound)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return FindColumns(connection, $"Data Source={file}", isFound);
    }

    /// <summary>The files of a folder with a text that fulfils a condition, and the text around it.</summary>
    public static IEnumerable<string> FindFiles(string folder, Func<string, bool> isFound)
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            // The service holds a lock on its lock file, which is empty.
            if (
                !file.EndsWith("-lock", StringComparison.Ordinal)
                && TextOf(File.ReadAllBytes(file)) is var text
                && isFound(text)
            )
            {
                yield return $"{file}: {Around(text, isFound)}";
            }
        }
    }

    /// <summary>The text of a file or a response, also of a ZIP archive, a workbook and a gzip.</summary>
    public static string TextOf(byte[] bytes)
    {
        if (bytes is [0x50, 0x4B, 3, 4, ..])
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            return string.Concat(zip.Entries.Select(entry => entry.FullName + TextOf(Unpack(entry.Open()))));
        }
        return bytes is [0x1F, 0x8B, ..]
            ? TextOf(Unpack(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)))
            : Encoding.Latin1.GetString(bytes);
    }

    private static string Around(string text, Func<string, bool> isFound) =>
        Enumerable
            .Range(0, (text.Length / Window) + 1)
            .Select(i => text[(i * Window)..Math.Min(text.Length, (i + 2) * Window)])
            .First(isFound);

    private static byte[] Unpack(Stream packed)
    {
        using (packed)
        {
            using var bytes = new MemoryStream();
            packed.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    private static List<string> FindColumns(
        System.Data.Common.DbConnection connection,
        string setting,
        Func<string, bool> isFound
    ) =>
        [
            .. from table in EncryptedTable.All
            from column in table.Columns
            let stored = connection.Query<string?>($"SELECT {column} FROM {table.Name}").ToList()
            where DecryptedTexts.Decrypt(setting, stored).Any(text => text is not null && isFound(text))
            select $"{table.Name}.{column}",
        ];
}
