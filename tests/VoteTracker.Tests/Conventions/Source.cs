namespace VoteTracker.Tests.Conventions;

/// <summary>The source files in the repository.</summary>
internal static class Source
{
    /// <summary>The files of a folder of the service and below it, by their path from the service's folder.</summary>
    public static IReadOnlyList<(string Name, string Text)> Files(string folder) =>
        Below(Path.Combine(Repository.Root, "src", "VoteTracker"), folder);

    /// <summary>The files of all tests and benchmarks, by their path from the folder `tests`.</summary>
    public static IReadOnlyList<(string Name, string Text)> OfTests() =>
        Below(Path.Combine(Repository.Root, "tests"), "");

    private static List<(string Name, string Text)> Below(string root, string folder)
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => (Name: Path.GetRelativePath(root, f).Replace('\\', '/'), Path: f))
            .Where(f => !f.Name.Split('/').Any(part => part is "obj" or "bin"))
            .Select(f => (f.Name, File.ReadAllText(f.Path)))
            .ToList();
        files.ShouldNotBeEmpty();
        return files;
    }
}
