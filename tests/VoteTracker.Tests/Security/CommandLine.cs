using System.Diagnostics;
using System.Text;

namespace VoteTracker.Tests.Security;

/// <summary>The program as a process of its own, from the build that the tests run with.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs it until it listens, lets the test call it, and ends it.</summary>
    public static async Task<string> Serve(string folder, Func<HttpClient, Task> test, params string[] arguments)
    {
        using var process = Start(folder, [.. arguments, "--Urls", "http://127.0.0.1:0"]);
        using var patience = new CancellationTokenSource(Patience);
        var output = new StringBuilder();
        try
        {
            const string listening = "Now listening on: ";
            string? address = null;
            while (address is null)
            {
                var line = await process.StandardOutput.ReadLineAsync(patience.Token);
                line.ShouldNotBeNull($"it ended: {output}");
                output.AppendLine(line);
                var at = line.IndexOf(listening, StringComparison.Ordinal);
                address = at < 0 ? null : line[(at + listening.Length)..].Trim();
            }
            using (var client = new HttpClient { BaseAddress = new Uri(address) })
            {
                await test(client);
            }
            process.Kill(entireProcessTree: true);
            output.Append(await process.StandardOutput.ReadToEndAsync(patience.Token));
            output.Append(await process.StandardError.ReadToEndAsync(patience.Token));
            return output.ToString();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "VoteTracker.dll") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }
}
