using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>HTTP load by wrk.</summary>
internal static partial class Wrk
{
    /// <summary>The results of one run.</summary>
    public sealed record Result(
        double PerSecond,
        double P99Milliseconds,
        double MaxMilliseconds,
        long Requests,
        int NotOk
    );

    /// <summary>Loads an address with a number of connections for a time.</summary>
    public static async Task<Result> Load(
        Uri address,
        TimeSpan length,
        int connections = 64,
        string? script = null,
        params string[] headers
    )
    {
        var arguments = new List<string>
        {
            "-t1",
            string.Create(CultureInfo.InvariantCulture, $"-c{connections}"),
            string.Create(CultureInfo.InvariantCulture, $"-d{Math.Max(1, (int)length.TotalSeconds)}s"),
            "--latency",
            "--timeout",
            "30s",
        };
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, (script ?? "") + Report);
        arguments.AddRange(["-s", file]);
        arguments.AddRange(headers.SelectMany(header => new[] { "-H", header }));
        arguments.Add(address.ToString());
        var start = new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        File.Delete(file);
        var match = Line().Match(output);
        if (!match.Success)
        {
            throw new InvalidOperationException($"wrk said nothing we understand: {output}");
        }
        double Number(string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        return new Result(
            Number("requests") / (Number("duration") / 1e6),
            Number("p99") / 1e3,
            Number("max") / 1e3,
            (long)Number("requests"),
            (int)Number("errors")
        );
    }

    // Microseconds; statuses of 400 and more, and broken connections, are errors.
    private const string Report = """

        function done(summary, latency, requests)
          local e = summary.errors
          io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
            latency:percentile(99), latency.max, e.connect + e.read + e.write + e.status + e.timeout))
        end
        """;

    [GeneratedRegex(
        @"RESULT (?<requests>\d+) (?<duration>\d+) (?<p99>\d+) (?<max>\d+) (?<errors>\d+)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Line();
}
