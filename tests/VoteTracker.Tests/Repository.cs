namespace VoteTracker.Tests;

/// <summary>The files of the project, for tests of their content.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The configuration in which these tests, and the program with them, were built.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VoteTracker.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run from within the project.");
        }
        return folder.FullName;
    }
}
