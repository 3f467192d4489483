using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using VoteTracker.Database;

namespace VoteTracker.Features.Backup;

/// <summary>`VoteTracker backup FILE`: writes a consistent copy of a database, also of one in use, and checks it.</summary>
internal static class BackupCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file of the copy. It must not exist yet." };
        var backup = new Command(
            "backup",
            "Makes a consistent copy of the database, also while the service writes to it."
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
                    throw new SettingException($"{target.FullName} already exists; a backup never overwrites a file.");
                }
                if (target.Directory is not { Exists: true })
                {
                    throw new SettingException($"{target.DirectoryName} is not a folder.");
                }
                var provider = services(arguments);
                var bytes = await Handle(provider.GetRequiredService<Maintenance>(), target.FullName);
                await arguments.InvocationConfiguration.Output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{target.FullName}: {bytes:N0} bytes, checked and complete."
                    )
                );
                var keys = provider.GetRequiredService<Db>().Keys;
                if (await keys.HasKeys())
                {
                    await arguments.InvocationConfiguration.Output.WriteLineAsync(
                        $"The copy is encrypted where it has personal data. {keys.Protection.Describe()}"
                    );
                }
                return 0;
            }
        );
        return backup;
    }

    // The file has another name until it is complete, so a file with the final name can be trusted.
    private static async Task<long> Handle(Maintenance maintenance, string target)
    {
        if (await maintenance.IsEmpty())
        {
            throw new SettingException("There is nothing in the database to copy. Does --Database name the right one?");
        }
        try
        {
            return await Copy(maintenance, target + ".unfinished", target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException)
        {
            throw new SettingException($"No copy was made: {exception.Message}");
        }
    }

    private static async Task<long> Copy(Maintenance maintenance, string unfinished, string target)
    {
        File.Delete(unfinished);
        // Created here, because SQLite would let other users read it.
        await PrivateFile.Create(unfinished, FileOptions.None).DisposeAsync();
        await maintenance.CopyTo(unfinished);
        await maintenance.BeginIncarnation(unfinished);
        if (maintenance.Check(unfinished) is { Count: > 0 } faults)
        {
            throw new SettingException(
                $"The copy has faults and was left at {unfinished}: {string.Join("; ", faults)}"
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
