using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>The README of a package says how to read codes that statistics programs misread. Its lines are run here.</summary>
public sealed partial class StatisticsProgramsTests
{
    private const string Expected = "NA 516 004";

    [Test]
    public async Task Python_reads_the_codes_as_the_package_describes_them()
    {
        using var folder = new Folder();
        await Extract(folder);
        var (exitCode, output) = await Run(
            folder,
            "python3",
            """
            import csv
            states = {row["iso3"]: row for row in csv.DictReader(open("member-states.csv", encoding="utf-8", newline=""))}
            print(states["NAM"]["iso2"], states["NAM"]["m49"], states["AFG"]["m49"])
            """
        );
        exitCode.ShouldBe(0, output);
        output.Trim().ShouldBe(Expected);
    }

    [Test]
    public async Task The_line_for_pandas_reads_the_codes()
    {
        using var folder = new Folder();
        var line = Line(await Extract(folder), "pandas");
        var (_, installed) = await Run(
            folder,
            "python3",
            "import importlib.util as u; print(u.find_spec('pandas') is not None)"
        );
        if (installed.Trim() != "True")
        {
            // Without pandas, the arguments are checked against its documentation only.
            line.ShouldBe(
                """pandas.read_csv("FILE.csv", keep_default_na=False, na_values=[""], dtype={"m49": "string"})"""
            );
            return;
        }
        var (exitCode, output) = await Run(
            folder,
            "python3",
            $"""
            import pandas
            s = {line.Replace("FILE.csv", "member-states.csv", StringComparison.Ordinal)}.set_index("iso3")
            print(s.iso2["NAM"], s.m49["NAM"], s.m49["AFG"])
            assert s.iso2.isna()["ZZB"] and s.member_until.isna()["NAM"]
            """
        );
        exitCode.ShouldBe(0, output);
        output.Trim().ShouldBe(Expected);
    }

    [Test]
    public async Task The_line_for_R_reads_the_codes()
    {
        using var folder = new Folder();
        var line = Line(await Extract(folder), "R");
        if (!IsInstalled("Rscript"))
        {
            line.ShouldBe(
                """read.csv("FILE.csv", na.strings = "", colClasses = c(m49 = "character"), encoding = "UTF-8")"""
            );
            return;
        }
        var (exitCode, output) = await Run(
            folder,
            "Rscript",
            $"""
            s <- {line.Replace("FILE.csv", "member-states.csv", StringComparison.Ordinal)}
            cat(s$iso2[s$iso3 == "NAM"], s$m49[s$iso3 == "NAM"], s$m49[s$iso3 == "AFG"])
            """
        );
        exitCode.ShouldBe(0, output);
        output.Trim().ShouldBe(Expected);
    }

    // Extracts the member states, and returns the README.
    private static async Task<string> Extract(string folder)
    {
        using var app = new App();
        using var zip = new ZipArchive(
            new MemoryStream(await app.Anonymous.GetByteArrayAsync("/v1/resolutions/es-10-27/export.zip"))
        );
        await zip.GetEntry("member-states.csv")!.ExtractToFileAsync(Path.Combine(folder, "member-states.csv"));
        using var reader = new StreamReader(await zip.GetEntry("README.md")!.OpenAsync(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static string Line(string readme, string program) =>
        Lines()
            .Matches(readme)
            .Single(match => match.Groups["program"].Value.EndsWith(program, StringComparison.Ordinal))
            .Groups["line"]
            .Value;

    private static bool IsInstalled(string program) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<(int ExitCode, string Output)> Run(string folder, string program, string script)
    {
        var file = Path.Combine(folder, "script");
        await File.WriteAllTextAsync(file, script);
        using var process = System.Diagnostics.Process.Start(
            new ProcessStartInfo(program, [file])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    [GeneratedRegex(
        "^- (?<program>[^:]+): `(?<line>[^`]+)`$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Lines();
}
