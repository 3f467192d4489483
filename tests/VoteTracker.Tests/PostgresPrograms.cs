using System.Diagnostics;
using System.Globalization;

namespace VoteTracker.Tests;

/// <summary>The programs of PostgreSQL, run as an ordinary user.</summary>
internal static class PostgresPrograms
{
    public static bool IsRoot => Environment.UserName == "root";

    // The user that Debian's package creates.
    public static string OrdinaryUser => "postgres";

    public static string[] AsOrdinaryUser =>
        IsRoot ? ["setpriv", $"--reuid={OrdinaryUser}", $"--regid={OrdinaryUser}", "--clear-groups", "--"] : [];

    // Debian has one folder for each version.
    /// <summary>The path of a program.</summary>
    public static string PathOf(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d =>
                    int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0
                )
                .Select(d => Path.Combine(d, "bin", name))
                .First(File.Exists)
            : name;

    public static void Run(params string[] command)
    {
        var start = StartInfo("/tmp", command);
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {error} {output.Result}");
        }
    }

    /// <summary>Writes a line of a server to its log, unless the folder was deleted meanwhile.</summary>
    public static void Append(string log, string? line)
    {
        try
        {
            File.AppendAllText(log, line + "\n");
        }
        catch (IOException)
        {
            // The next server writes to the file at this moment, or the folder is gone.
        }
    }

    /// <summary>A command with redirected output that runs in a folder.</summary>
    public static ProcessStartInfo StartInfo(string folder, string[] command) =>
        new(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
}
