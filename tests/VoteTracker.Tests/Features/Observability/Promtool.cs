using System.Diagnostics;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>The program that checks files for Prometheus.</summary>
internal static class Promtool
{
    /// <summary>Runs it in the root of the repository. Returns its exit code and its output.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        using var promtool = System.Diagnostics.Process.Start(start)!;
        var errors = promtool.StandardError.ReadToEndAsync();
        var output = promtool.StandardOutput.ReadToEndAsync();
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync().WaitAsync(Hang.Limit);
        return (promtool.ExitCode, $"{await output}{await errors}");
    }
}
