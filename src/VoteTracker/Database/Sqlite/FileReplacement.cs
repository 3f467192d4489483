using System.Globalization;

namespace VoteTracker.Database.Sqlite;

/// <summary>Puts a file in the place of a database that no process has open. The old database is kept beside it.</summary>
internal static class FileReplacement
{
    private static readonly string[] Logs = ["-wal", "-journal"];

    /// <summary>
    /// The file of a connection string; null if it is a server. A <see cref="SettingException"/> if it is not a file.
    /// </summary>
    public static string? FindFile(string connectionString)
    {
        if (Db.NamesHost(connectionString))
        {
            return null;
        }
        var name = FileSettings.Parse(connectionString).DataSource;
        return DatabaseFiles.IsPath(name)
            ? Path.GetFullPath(name)
            : throw new SettingException($"Database must name a file, and not '{name}'.");
    }

    /// <summary>Whether there is a database, or a log without one.</summary>
    public static bool IsUsed(string target) => File.Exists(target) || FindLog(target) is not null;

    /// <summary>The log with content beside a database; null if there is none.</summary>
    public static string? FindLog(string target) => Logs.Select(log => target + log).FirstOrDefault(HasContent);

    /// <summary>Replaces a database. Returns the new name of the old one; null if there was none.</summary>
    public static string? Replace(string target, string replacement, DateTimeOffset now)
    {
        if (!IsUsed(target))
        {
            DeleteIndex(target);
            File.Move(replacement, target);
            return null;
        }
        var kept = FindFreeName($"{target}.replaced-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        // First the log: a log beside a file that it does not belong to would be copied into that file.
        foreach (var log in Logs.Where(log => HasContent(target + log)))
        {
            File.Move(target + log, kept + log);
        }
        DeleteIndex(target);
        if (!File.Exists(target))
        {
            File.Move(replacement, target);
            return kept + Logs.First(log => File.Exists(kept + log));
        }
        // A second name for the old file, then one rename: the target always exists.
        File.Replace(replacement, target, kept);
        return kept;
    }

    private static string FindFreeName(string name)
    {
        var free = name;
        for (var number = 2; IsUsed(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }
        return free;
    }

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    // An empty log, and the index of the log, which SQLite makes again.
    private static void DeleteIndex(string target)
    {
        foreach (var ending in (string[])["-shm", .. Logs])
        {
            File.Delete(target + ending);
        }
    }
}
