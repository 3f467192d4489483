namespace VoteTracker.Tests.Features.Record;

/// <summary>A database that outlives one start, and a copy of the facts that a test may change.</summary>
internal sealed class FactsFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("votetracker-facts-").FullName;

    public FactsFolder()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root, "database")).FullName;
        var data = Directory.CreateDirectory(Path.Combine(_root, "data")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data")))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        }
    }

    public string Folder { get; }

    public App App() => new(folder: Folder, contentRoot: _root);

    public void Start()
    {
        using var app = App();
        app.CreateClient().Dispose();
    }

    public void Newer() => Change("facts.csv", "version,2", "version,3");

    public void Change(string file, string from, string to)
    {
        var path = Path.Combine(_root, "data", file);
        var text = File.ReadAllText(path);
        text.Split(from).Length.ShouldBe(2, $"{file} has '{from}' once");
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Append(string file, string line) => File.AppendAllText(Path.Combine(_root, "data", file), line + "\n");

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
