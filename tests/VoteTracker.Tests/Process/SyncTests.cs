using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Process;

/// <summary>
/// The write-ahead log is synced to the disk before the response to a write, as the kernel sees it. The program runs under
/// strace, which holds a thread until its system call is recorded. A sync before a response is therefore in its file.
/// </summary>
[OnlySqlite]
public sealed partial class SyncTests
{
    private const int Writes = 25;

    [Test]
    public async Task The_log_is_synced_before_each_response_to_a_write()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        using var traces = new Folder();
        var trace = Path.Combine(traces, "trace");
        await using var service = await Start(folder, trace);
        var writers = new Writers(1, "es-10-l-1");
        await writers.Open(service);
        using var client = service.Client();
        var opened = Calls(trace);
        opened.ShouldContain('w', "strace shows the write that opens a draft");
        var syncs = 0;
        for (var i = 0; i < Writes; i++)
        {
            var before = Calls(trace).Length;
            await client.RecordStance("es-10-l-1", "ZAF", i % 2 == 0 ? "yes" : "no");
            var since = Calls(trace)[before..];
            since.ShouldMatch("w.*s$", $"write {i + 1} was acknowledged after these calls: {since}");
            syncs += since.Count(call => call == 's');
        }
        TestContext.Out.WriteLine($"{syncs} syncs for {Writes} writes, one after the other.");
        var after = Calls(trace);
        for (var i = 0; i < Writes; i++)
        {
            await client.GetJson("/v1/resolutions/es-10-l-1/tally");
        }
        Calls(trace).ShouldBe(after, "a read does not write or sync");
    }

    // The calls on the write-ahead log, in order: w for a write, s for a sync of either kind. An interrupted call is on two
    // lines, with the file on the first.
    private static string Calls(string trace)
    {
        using var file = new FileStream(trace, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var calls = new StringBuilder();
        var begun = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var (thread, name) = ("", "");
            if (OnTheLog().Match(line) is { Success: true } call)
            {
                (thread, name) = (call.Groups["thread"].Value, call.Groups["name"].Value);
                if (call.Groups["unfinished"].Success)
                {
                    begun[thread] = name;
                    continue;
                }
            }
            else if (Resumed().Match(line) is { Success: true } resumed)
            {
                thread = resumed.Groups["thread"].Value;
                begun.Remove(thread, out name!);
            }
            if (!string.IsNullOrEmpty(name))
            {
                calls.Append(name.StartsWith("pwrite", StringComparison.Ordinal) ? 'w' : 's');
            }
        }
        return calls.ToString();
    }

    private static async Task<Service> Start(string folder, string trace)
    {
        var start = new ProcessStartInfo(
            "strace",
            [
                "-f",
                "-y",
                "-e",
                "trace=fsync,fdatasync,pwrite64",
                "-o",
                trace,
                "dotnet",
                Service.Program,
                "--Urls",
                "http://127.0.0.1:0",
            ]
        )
        {
            WorkingDirectory = folder,
            Environment = { ["VOTETRACKER_ADMINKEY"] = App.AdminKey },
        };
        try
        {
            return await Service.Start(start);
        }
        catch (Win32Exception exception)
        {
            throw new AssertionException(
                "This needs strace (Debian's package strace), which tests/run installs.",
                exception
            );
        }
        catch (InvalidOperationException exception)
            when (exception.Message.Contains("ptrace", StringComparison.OrdinalIgnoreCase))
        {
            throw new AssertionException(
                "This needs to trace a process of its own (ptrace): in a container the capability SYS_PTRACE, elsewhere "
                    + $"kernel.yama.ptrace_scope below 3. {exception.Message}",
                exception
            );
        }
    }

    [GeneratedRegex(
        @"^(?<thread>\d+)\s+(?<name>pwrite64|fsync|fdatasync)\(\d+<[^>]*-wal>.*((?<unfinished><unfinished \.\.\.>)|= \d+)$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex OnTheLog();

    [GeneratedRegex(@"^(?<thread>\d+)\s+<\.\.\. \w+ resumed>.*= \d+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Resumed();
}
