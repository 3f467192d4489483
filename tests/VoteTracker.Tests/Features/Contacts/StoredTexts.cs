using System.Text;
using Dapper;
using VoteTracker.Database.Encryption;

namespace VoteTracker.Tests.Features.Contacts;

/// <summary>The encrypted texts of a database, and the files that have them or the word "Secret".</summary>
internal static class StoredTexts
{
    // The file has the encrypted texts only. A part of each text is enough, because a long one is on several pages.
    public static HashSet<string> List(string folder)
    {
        using var connection = Databases.Open(folder);
        return EncryptedTable
            .All.SelectMany(table => table.Columns.Select(column => $"SELECT {column} FROM {table.Name}"))
            .SelectMany(sql => connection.Query<string?>(sql).ToList())
            .OfType<string>()
            .Where(PersonalTexts.IsEncrypted)
            .Select(text => text[16..Math.Min(text.Length, 66)])
            .ToHashSet(StringComparer.Ordinal);
    }

    public static List<string> FindFiles(string folder, IReadOnlyCollection<string> texts) =>
        [
            .. Directory
                .GetFiles(folder)
                .Where(file =>
                    Read(file) is var bytes
                    && (
                        texts.Any(text => bytes.Contains(text, StringComparison.Ordinal))
                        || bytes.Contains("Secret ", StringComparison.Ordinal)
                    )
                )
                .Select(file => Path.GetFileName(file)),
        ];

    // In another process: a process that closes the database file gives up the locks that it holds on it.
    private static string Read(string file)
    {
        using var cat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("cat", [file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        using var bytes = new MemoryStream();
        cat.StandardOutput.BaseStream.CopyTo(bytes);
        cat.WaitForExit();
        return Encoding.Latin1.GetString(bytes.ToArray());
    }
}
