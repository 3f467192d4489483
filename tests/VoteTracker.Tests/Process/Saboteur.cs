using System.Diagnostics;

namespace VoteTracker.Tests.Process;

/// <summary>
/// A build of the service with deliberate faults, to see whether a test finds them. The source is copied, parts of it are
/// replaced, and the copy is built. An environment variable selects one fault. The service itself has no such switch.
/// </summary>
internal sealed class Saboteur : IDisposable
{
    /// <summary>The environment variable that names the fault.</summary>
    public const string Variable = "SABOTAGE";

    private readonly Folder _folder = new();

    private Saboteur() { }

    /// <summary>The program that was built.</summary>
    public string Program => Path.Combine(_folder, "out", "VoteTracker.dll");

    /// <summary>C# that is true if this fault was selected.</summary>
    public static string IsSelected(string fault) =>
        $"""System.Environment.GetEnvironmentVariable("{Variable}") == "{fault}" """.TrimEnd();

    /// <summary>Replaces pieces of source files, each of which must occur in its file exactly once.</summary>
    public static async Task<Saboteur> Build(IEnumerable<SourceChange> changes)
    {
        var saboteur = new Saboteur();
        try
        {
            saboteur.Copy();
            foreach (var (file, piece, by) in changes)
            {
                var path = Path.Combine(saboteur._folder, "src", "VoteTracker", file);
                var source = await File.ReadAllTextAsync(path);
                (source.Split(piece).Length - 1).ShouldBe(
                    1,
                    $"this must occur in {file} once, or the test is out of date: {piece}"
                );
                await File.WriteAllTextAsync(path, source.Replace(piece, by, StringComparison.Ordinal));
            }
            await saboteur.Compile();
            return saboteur;
        }
        catch
        {
            saboteur.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();

    // Only the files that the build needs, without earlier output.
    private void Copy()
    {
        var root = new DirectoryInfo(Repository.Root);
        var files = root.EnumerateFiles()
            .Concat(
                ((string[])["src", "data", "openapi", ".github"]).SelectMany(folder =>
                    root.GetDirectories(folder).Single().EnumerateFiles("*", SearchOption.AllDirectories)
                )
            );
        foreach (var file in files)
        {
            var path = Path.GetRelativePath(root.FullName, file.FullName);
            if (path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            {
                continue;
            }
            var copy = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }
    }

    private async Task Compile()
    {
        string[] arguments =
        [
            "build",
            Path.Combine("src", "VoteTracker"),
            "-c",
            "Release",
            "-o",
            "out",
            "-v",
            "quiet",
            "--nologo",
            "--disable-build-servers",
            // The source has already been analyzed.
            "-p:TreatWarningsAsErrors=false",
            "-p:RunAnalyzers=false",
            "-p:NuGetAudit=false",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var build = System.Diagnostics.Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        build.ExitCode.ShouldBe(0, output);
    }
}

/// <summary>A piece of a source file, and what replaces it.</summary>
internal sealed record SourceChange(string File, string Piece, string By);
