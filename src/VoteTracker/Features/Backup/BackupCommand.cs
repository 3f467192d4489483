using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup;

/// <summary>`VoteTracker backup FILE`: a consistent copy of a database, live or not, checked by reading it back.</summary>
internal static class BackupCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Where the copy goes; it must not be there yet." };
        var backup = new Command(
            "backup",
            "Makes a consistent copy of the database, also of one that is being written to."
        )
        {
            file,
        };
        backup.SetAction(
            async (arguments, _) =>
            {
                var target = arguments.GetRequiredValue(file);
                if (target.Exists)
                {
                    throw new SettingException($"{target.FullName} is there already; a backup never overwrites.");
                }
                if (target.Directory is not { Exists: true })
                {
                    throw new SettingException($"{target.DirectoryName} is no folder.");
                }
                var bytes = await Handle(services(arguments).GetRequiredService<Db>(), target.FullName);
                await arguments.InvocationConfiguration.Output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{target.FullName}: {bytes:N0} bytes, read back whole."
                    )
                );
                return 0;
            }
        );
        return backup;
    }

    // Under another name until it is whole: who finds the file may trust it.
    private static async Task<long> Handle(Db db, string target)
    {
        if (await db.IsEmpty())
        {
            throw new SettingException("There is nothing in the database to copy; does --Database name the right one?");
        }
        try
        {
            return await Copy(db, target + ".unfinished", target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException)
        {
            throw new SettingException($"No copy was made: {exception.Message}");
        }
    }

    private static async Task<long> Copy(Db db, string unfinished, string target)
    {
        File.Delete(unfinished);
        // Created here, because SQLite would let other users read it.
        await PrivateFile.Create(unfinished, FileOptions.None).DisposeAsync();
        await db.CopyTo(unfinished);
        await db.BeginIncarnation(unfinished);
        if (Db.Check(unfinished) is { Count: > 0 } wrong)
        {
            throw new SettingException(
                $"The copy is not whole and was left at {unfinished}: {string.Join("; ", wrong)}"
            );
        }
        await using (var copy = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            copy.Flush(flushToDisk: true);
        }
        File.Move(unfinished, target);
        return new FileInfo(target).Length;
    }
}
