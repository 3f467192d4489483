using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace VoteTracker.Features.Backup;

/// <summary>
/// The operator's program for copies in another place. It gets the path of a backup as its only argument, without a shell.
/// What it prints goes to the output of the service. It does not get the settings of the service, which can have secrets.
/// </summary>
internal sealed class BackupProgram(Settings settings)
{
    private const string SettingPrefix = "VOTETRACKER_";

    /// <summary>Runs it. Returns why it failed; null if it exited with 0.</summary>
    public async Task<string?> Run(string backup, CancellationToken stop)
    {
        var start = new ProcessStartInfo(settings.BackupCommand, [backup])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(k => k.StartsWith(SettingPrefix, StringComparison.OrdinalIgnoreCase))
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.BackupCommandSeconds));
        Process program;
        try
        {
            program = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            return $"BackupCommand cannot be run: {exception.Message}";
        }
        using (program)
        {
            program.StandardInput.Close();
            try
            {
                await program.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                program.Kill(entireProcessTree: true);
                stop.ThrowIfCancellationRequested();
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"BackupCommand was ended after {settings.BackupCommandSeconds} s"
                );
            }
            return program.ExitCode == 0
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"BackupCommand exited with {program.ExitCode}");
        }
    }
}
