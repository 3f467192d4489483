using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Features.Backup;

/// <summary>
/// `VoteTracker restore FILE`: puts a backup in the place of the database, after all of it was read and checked. The
/// restored database is a new incarnation.
/// </summary>
internal static class RestoreCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The backup: a database or an archive." };
        var replace = new Option<bool>("--replace")
        {
            Description = "Replaces an existing database, which gets another name.",
        };
        var keyFile = KeyFileOption.Create();
        var restore = new Command(
            "restore",
            "Makes a database from a backup, after it was checked. The service must be stopped."
        )
        {
            file,
            replace,
            keyFile,
        };
        restore.SetAction(
            async (arguments, _) =>
            {
                var backup = arguments.GetRequiredValue(file);
                if (!backup.Exists)
                {
                    throw new SettingException($"The file {backup.FullName} does not exist.");
                }
                var provider = services(arguments);
                var settings = provider.GetRequiredService<Settings>();
                var target = FindTarget(settings, backup);
                using var locked = Db.LockFile(target);
                if (Db.IsUsed(target) && !arguments.GetValue(replace))
                {
                    throw new SettingException(
                        $"{target} or its log already exists. With --replace it gets another name, and the backup takes its place."
                    );
                }
                var now = provider.GetRequiredService<TimeProvider>().Moment();
                var (unpacked, isAudited, old) = await Restore(
                    backup.FullName,
                    target,
                    arguments.GetValue(keyFile),
                    settings,
                    now
                );
                var output = arguments.InvocationConfiguration.Output;
                await output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{target}: restored from {backup.Name}, {unpacked.Form}, schema {unpacked.Report.SchemaVersion}, {unpacked.Report.Rows:N0} rows, checked and complete."
                    )
                );
                if (!isAudited)
                {
                    await output.WriteLineAsync(
                        "The audit has no entry of this restore, because the backup has no audit yet or its chain is damaged."
                    );
                }
                if (old is not null)
                {
                    await output.WriteLineAsync($"The old database is {old}. Delete it when it is not needed.");
                }
                return 0;
            }
        );
        return restore;
    }

    private static string FindTarget(Settings settings, FileInfo backup)
    {
        var target =
            Db.FindFile(settings.Database)
            ?? throw new SettingException(
                "restore writes a SQLite file, but Database names a PostgreSQL server. Restore to a file, and move it with copy."
            );
        if (target == backup.FullName)
        {
            throw new SettingException($"{target} is the database itself. Name a backup.");
        }
        return Path.GetDirectoryName(target) is { } folder && Directory.Exists(folder)
            ? target
            : throw new SettingException($"{Path.GetDirectoryName(target)} is not a folder. Create it first.");
    }

    private static AuditEntry CreateEntry(DateTimeOffset now) =>
        new()
        {
            Action = AuditEntry.Write,
            Operation = "restore",
            Author = "command restore",
            At = now,
        };

    // The database has its name only when it is complete.
    private static async Task<(UnpackedBackup Unpacked, bool IsAudited, string? Old)> Restore(
        string backup,
        string target,
        string? keyFile,
        Settings settings,
        DateTimeOffset now
    )
    {
        var unfinished = target + BackupWriter.Unfinished;
        try
        {
            BackupWriter.Delete(unfinished);
            var unpacked = UnpackedBackup.Unpack(backup, unfinished, () => KeyFileOption.Load(keyFile, settings));
            if (unpacked.Report.Faults is { Count: > 0 } faults)
            {
                throw new InvalidDataException(string.Join(" ", faults));
            }
            await Db.BeginIncarnation(unfinished, now);
            var isAudited = await Db.TryAppendAudit(unfinished, CreateEntry(now));
            await using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }
            return (unpacked, isAudited, Db.ReplaceFile(target, unfinished, now));
        }
        catch (Exception exception) when (BackupFaults.Include(exception))
        {
            throw new SettingException($"Nothing was restored: {exception.Message}");
        }
        finally
        {
            BackupWriter.TryDelete(unfinished);
        }
    }
}
