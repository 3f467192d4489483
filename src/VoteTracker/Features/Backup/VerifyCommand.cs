using System.CommandLine;
using System.Globalization;

namespace VoteTracker.Features.Backup;

/// <summary>`VoteTracker verify FILE`: reads all of a backup and checks it. It exits with 1 if the backup has a fault.</summary>
internal static class VerifyCommand
{
    private const int HasFaults = 1;

    public static Command Create(Func<ParseResult, IServiceProvider> services)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The backup: a database or an archive." };
        var keyFile = KeyFileOption.Create();
        var verify = new Command("verify", "Reads all of a backup and checks it. It changes nothing.")
        {
            file,
            keyFile,
        };
        verify.SetAction(
            async (arguments, _) =>
            {
                var backup = arguments.GetRequiredValue(file);
                if (!backup.Exists)
                {
                    throw new SettingException($"The file {backup.FullName} does not exist.");
                }
                var settings = services(arguments).GetRequiredService<Settings>();
                var output = arguments.InvocationConfiguration.Output;
                try
                {
                    var unpacked = UnpackedBackup.Verify(
                        backup.FullName,
                        () => KeyFileOption.Load(arguments.GetValue(keyFile), settings)
                    );
                    var report = unpacked.Report;
                    await output.WriteLineAsync(
                        report.Faults.Count > 0
                            ? Faulty(backup, string.Join(" ", report.Faults))
                            : string.Create(
                                CultureInfo.InvariantCulture,
                                $"{backup.FullName}: {unpacked.Form}, schema {report.SchemaVersion}, {report.Rows:N0} rows in {report.Tables} tables. It is complete."
                            )
                    );
                    return report.Faults.Count > 0 ? HasFaults : 0;
                }
                catch (InvalidDataException exception)
                {
                    await output.WriteLineAsync(Faulty(backup, exception.Message));
                    return HasFaults;
                }
                catch (Exception exception) when (BackupFaults.Include(exception))
                {
                    throw new SettingException($"{backup.FullName} could not be read: {exception.Message}");
                }
            }
        );
        return verify;
    }

    private static string Faulty(FileInfo backup, string faults) => $"{backup.FullName} cannot be restored. {faults}";
}
