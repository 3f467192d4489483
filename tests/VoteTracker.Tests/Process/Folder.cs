namespace VoteTracker.Tests.Process;

/// <summary>An empty folder that goes with the test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("votetracker-folder-").FullName;

    public static implicit operator string(Folder folder) => folder.Path;

    public override string ToString() => Path;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
