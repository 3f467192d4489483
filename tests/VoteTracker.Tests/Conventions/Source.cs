namespace VoteTracker.Tests.Conventions;

/// <summary>The service's source as it stands in the repository.</summary>
internal static class Source
{
    /// <summary>The files of a folder of the service and below it, by their path from the service's folder.</summary>
    public static IReadOnlyList<(string Name, string Text)> Files(string folder)
    {
        var service = Path.Combine(Repository.Root, "src", "VoteTracker");
        var files = Directory
            .EnumerateFiles(Path.Combine(service, folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => (Name: Path.GetRelativePath(service, f).Replace('\\', '/'), Path: f))
            .Where(f => !f.Name.StartsWith("obj/", StringComparison.Ordinal))
            .Where(f => !f.Name.StartsWith("bin/", StringComparison.Ordinal))
            .Select(f => (f.Name, File.ReadAllText(f.Path)))
            .ToList();
        files.ShouldNotBeEmpty();
        return files;
    }
}
