using System.CommandLine;
using System.Globalization;
using VoteTracker.Database;
using VoteTracker.Features.Backup.Archives;

namespace VoteTracker.Features.Backup;

/// <summary>
/// `VoteTracker backup FILE`: writes a consistent copy of a database, also of one in use, and reads it back. `--compress`
/// and `--encrypt` write an archive.
/// </summary>
internal static class BackupCommand
{
    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file of the copy. It must not exist yet." };
        var compress = new Option<bool>("--compress") { Description = "Compresses the copy with gzip." };
        var encrypt = new Option<bool>("--encrypt")
        {
            Description = "Encrypts the copy with the key of --key-file or of the setting BackupKeyFile.",
        };
        var keyFile = KeyFileOption.Create();
        var backup = new Command(
            "backup",
            "Makes a consistent copy of the database, also while the service writes to it, and reads it back."
        )
        {
            file,
            compress,
            encrypt,
            keyFile,
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
                var named = arguments.GetValue(keyFile);
                var isEncrypted = arguments.GetValue(encrypt);
                if (named is not null && !isEncrypted)
                {
                    throw new SettingException("--key-file is for an encrypted backup. Add --encrypt, or remove it.");
                }
                var provider = services(arguments);
                var form = new ArchiveForm(
                    arguments.GetValue(compress),
                    isEncrypted ? KeyFileOption.Load(named, provider.GetRequiredService<Settings>()) : null
                );
                var bytes = await Write(provider, target.FullName, form);
                await arguments.InvocationConfiguration.Output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{target.FullName}: {bytes:N0} bytes, checked and complete{(form.IsArchive ? $", {form}" : "")}."
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

    private static async Task<long> Write(IServiceProvider provider, string target, ArchiveForm form)
    {
        if (await provider.GetRequiredService<Maintenance>().IsEmpty())
        {
            throw new SettingException("There is nothing in the database to copy. Does --Database name the right one?");
        }
        var db = provider.GetRequiredService<Db>();
        if (await CopyEntry.TryAdd(db, "command backup", "backup") is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
        }
        try
        {
            return await provider.GetRequiredService<BackupWriter>().Write(target, form);
        }
        catch (Exception exception) when (BackupFaults.Include(exception))
        {
            throw new SettingException($"No copy was made: {exception.Message}");
        }
    }
}
