using System.Diagnostics;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>Runs a command whose files cannot grow beyond a size, as on a full disk.</summary>
internal static class SmallDisk
{
    public static async Task<(int ExitCode, string Output)> Run(string folder, int kilobytes, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$@\" 2>&1",
                "bash",
                Service.Program,
                .. arguments,
            ]
        )
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // Otherwise .NET writes its code to a file, which would be too large.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
