using System.Security.Cryptography;
using VoteTracker.Database;
using VoteTracker.Features.Backup.Archives;

namespace VoteTracker.Features.Backup;

/// <summary>
/// Writes a backup of the database and reads all of it back. The file gets its name at the end, so a file with that name
/// is complete. After a failure no file remains.
/// </summary>
internal sealed class BackupWriter(Maintenance maintenance, TimeProvider clock)
{
    /// <summary>What is appended to the name of a file that is not complete.</summary>
    public const string Unfinished = ".unfinished";

    /// <summary>Writes a new file. Returns its length in bytes.</summary>
    /// <exception cref="InvalidDataException">The file does not have what was written to it, or the database is damaged.</exception>
    public async Task<long> Write(string target, ArchiveForm form)
    {
        var database = target + Unfinished;
        Delete(database);
        try
        {
            // Created here, because SQLite would let other users read it.
            await PrivateFile.Create(database, FileOptions.None).DisposeAsync();
            await maintenance.CopyTo(database);
            await Db.BeginIncarnation(database, clock.Moment());
            if (Db.InspectFile(database).Faults is { Count: > 0 } faults)
            {
                throw new InvalidDataException($"The backup has faults. {string.Join(" ", faults)}");
            }
            var finished = form.IsArchive ? await WriteArchive(database, form) : database;
            await using (var file = new FileStream(finished, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }
            File.Move(finished, target);
            return new FileInfo(target).Length;
        }
        finally
        {
            TryDelete(database);
        }
    }

    /// <summary>Deletes a file that is not complete, and the files that SQLite writes beside it.</summary>
    public static void Delete(string unfinished)
    {
        File.Delete(unfinished);
        foreach (var file in ListBeside(unfinished))
        {
            File.Delete(file);
        }
    }

    /// <summary>Deletes these files, if that is possible.</summary>
    public static void TryDelete(string unfinished)
    {
        try
        {
            Delete(unfinished);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The fault of the backup is reported. The next backup deletes the files.
        }
    }

    private static async Task<string> WriteArchive(string database, ArchiveForm form)
    {
        var archive = database + "-archive";
        return await Task.Run(() =>
        {
            Archive.Write(database, archive, form);
            using var source = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.Read);
            return SHA256.HashData(source).AsSpan().SequenceEqual(Archive.Hash(archive, form))
                ? archive
                : throw new InvalidDataException("The archive does not have what was written to it.");
        });
    }

    private static IEnumerable<string> ListBeside(string unfinished)
    {
        var full = Path.GetFullPath(unfinished);
        return Directory
            .EnumerateFiles(Path.GetDirectoryName(full)!)
            .Where(file => file.StartsWith(full + "-", StringComparison.Ordinal));
    }
}
