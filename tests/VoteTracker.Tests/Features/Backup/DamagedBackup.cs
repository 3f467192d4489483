using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>Backups with faults.</summary>
internal static class DamagedBackup
{
    /// <summary>Damages a backup in one of the ways that the tests name.</summary>
    public static async Task Damage(string backup, string fault)
    {
        var parts = fault.Split('.');
        if (parts.Length == 2)
        {
            if (parts[0] == "text")
            {
                await Damage(backup, "text");
            }
            var bytes = await File.ReadAllBytesAsync(backup);
            await using (var target = new GZipStream(File.Create(backup), CompressionLevel.Fastest))
            {
                await target.WriteAsync(bytes);
            }
        }
        switch (parts)
        {
            case ["changed", ..]:
                await using (var file = new FileStream(backup, FileMode.Open, FileAccess.ReadWrite))
                {
                    file.Position = parts.Length == 1 ? file.Length / 4_096 / 2 * 4_096 : file.Length / 2;
                    await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 200).ToArray());
                }
                break;
            case ["truncated"]:
                Cut(backup, 100_000);
                break;
            case ["truncated", "gz"]:
                Cut(backup, new FileInfo(backup).Length / 2);
                break;
            case ["short"]:
                Cut(backup, 50);
                break;
            case ["text"]:
                await File.WriteAllTextAsync(backup, new string('x', 5_000));
                break;
            case ["log"]:
                await File.WriteAllTextAsync(backup + "-wal", "a log");
                break;
            case ["newer"]:
                Execute(backup, "INSERT INTO schema_version VALUES (9001, '9001-later.sql', '2099-01-01T00:00:00Z')");
                break;
            case ["renamed"]:
                Execute(backup, "UPDATE schema_version SET name = '0003-renamed.sql' WHERE version = 3");
                break;
            case ["foreign"]:
                File.Delete(backup);
                Execute(backup, "CREATE TABLE notes (id INTEGER)");
                break;
        }
    }

    private static void Cut(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the test.
        command.CommandText = $"PRAGMA journal_mode = DELETE; {sql}";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
