using VoteTracker.Database;
using VoteTracker.Database.Files;
using VoteTracker.Features.Backup.Archives;

namespace VoteTracker.Features.Backup;

/// <summary>The database of a backup in a new file, after all of it was read and checked.</summary>
internal sealed record UnpackedBackup(ArchiveForm Form, FileReport Report)
{
    /// <summary>Unpacks a backup into a new file, which only its owner can read.</summary>
    /// <exception cref="InvalidDataException">The archive was changed, is incomplete, or the key does not fit.</exception>
    public static UnpackedBackup Unpack(string backup, string target, Func<BackupKey> loadKey)
    {
        using var archive = Archive.Open(backup, loadKey);
        if (!archive.Form.IsArchive && Db.FindLog(backup) is { } log)
        {
            throw new InvalidDataException(log);
        }
        using (var file = PrivateFile.Create(target, FileOptions.None))
        {
            archive.Content.CopyTo(file);
            file.Flush(flushToDisk: true);
        }
        return new UnpackedBackup(archive.Form, Db.InspectFile(target));
    }

    /// <summary>Checks a backup. A plain database is read where it is.</summary>
    /// <exception cref="InvalidDataException">The archive was changed, is incomplete, or the key does not fit.</exception>
    public static UnpackedBackup Verify(string backup, Func<BackupKey> loadKey)
    {
        using (var archive = Archive.Open(backup, loadKey))
        {
            if (!archive.Form.IsArchive)
            {
                return new UnpackedBackup(archive.Form, Db.InspectFile(backup));
            }
        }
        var folder = Directory.CreateTempSubdirectory("votetracker-verify-");
        try
        {
            return Unpack(backup, Path.Combine(folder.FullName, "verified.db"), loadKey);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
