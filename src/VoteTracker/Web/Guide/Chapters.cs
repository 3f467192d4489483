using System.Collections.Frozen;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Web.Guide;

/// <summary>
/// The chapters of the guide. Their files are next to the program, in a folder that looks like the repository. Each is read
/// and rendered once, when a reader first asks for the guide.
/// </summary>
public sealed class Chapters(IHostEnvironment environment)
{
    private const string Folder = "guide";
    private const string StartFile = "README.md";
    private const string DataFile = "data/README.md";
    private const string GuideFile = "openapi/README.md";

    // Files outside of the folder of chapters, to which chapters link.
    private static readonly FrozenDictionary<string, string> OtherFiles = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        [StartFile] = "start",
        [GuideFile] = "basics",
        [DataFile] = "data",
        ["src/operations/README.md"] = "operations",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Files that are not chapters, by the address at which the service has them.
    private static readonly FrozenDictionary<string, string> Downloads = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["openapi/votetracker.v1.json"] = "/openapi/v1.json",
        ["openapi/walkthrough.http"] = "/assets/guide/walkthrough.http",
        ["openapi/live-dashboard.html"] = "/assets/guide/live-dashboard.html",
        [".github/images/dashboard.png"] = "/assets/guide/dashboard.png",
        [".github/images/board.png"] = "/assets/guide/board.png",
        [".github/images/phone.png"] = "/assets/guide/phone.png",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Lobbying =
    [
        "start",
        "stances",
        "co-sponsors",
        "lists",
        "undo",
        "desk",
        "team",
        "gaps",
        "briefs",
        "timetable",
        "contacts",
        "sharing",
    ];
    private static readonly string[] Building = ["basics", "tally", "embedding", "pages", "scenarios", "roles"];
    private static readonly string[] Researching = ["exports", "roll-calls", "forecast", "import", "data"];

    private readonly Lazy<FrozenDictionary<string, Chapter>> _chapters = new(() => Load(environment));

    /// <summary>All chapters, by the order of the entrances.</summary>
    public IReadOnlyList<Chapter> All => [.. Entrances.SelectMany(entrance => entrance.Chapters)];

    /// <summary>The entrances for lobbying, building and researching, and a last one for all other chapters.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Chapter> Chapters)> Entrances =>
        [
            ("lobbying", Select(Lobbying)),
            ("building", Select(Building)),
            ("researching", Select(Researching)),
            (
                "more",
                [
                    .. _chapters
                        .Value.Values.Where(chapter =>
                            !Lobbying.Concat(Building).Concat(Researching).Contains(chapter.Name)
                        )
                        .OrderBy(chapter => chapter.Name, StringComparer.Ordinal),
                ]
            ),
        ];

    /// <summary>The chapter of a name; null if there is none.</summary>
    public Chapter? Find(string name) => _chapters.Value.GetValueOrDefault(name);

    private IReadOnlyList<Chapter> Select(string[] names) => [.. names.Select(Find).OfType<Chapter>()];

    private static FrozenDictionary<string, Chapter> Load(IHostEnvironment environment)
    {
        var root = Path.Combine(environment.ContentRootPath, Folder);
        var files = Directory
            .EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Select(file => (Name: file, Path: Path.Combine(root, file)));
        var subjects = ReadSubjects(File.ReadAllText(Path.Combine(root, GuideFile)));
        // The description of the data is next to the data.
        return files
            .Append((Name: DataFile, Path: Path.Combine(environment.ContentRootPath, DataFile)))
            .Select(file => Read(file.Name, File.ReadAllText(file.Path), subjects.GetValueOrDefault(file.Name)))
            .ToFrozenDictionary(chapter => chapter.Name, StringComparer.Ordinal);
    }

    private static string NameOf(string file) =>
        OtherFiles.GetValueOrDefault(file) ?? Path.GetFileNameWithoutExtension(file);

    // The table of the guide has a line for each chapter: a link, and its subject.
    private static Dictionary<string, string> ReadSubjects(string guide) =>
        MarkdownText
            .Parse(guide)
            .Descendants<TableRow>()
            .Select(row => row.Descendants<ParagraphBlock>().ToList())
            .Where(cells => cells.Count == 2)
            .Select(cells => (Link: cells[0].Inline?.Descendants<LinkInline>().FirstOrDefault()?.Url, Cell: cells[1]))
            .Where(row => row.Link is not null)
            .ToDictionary(
                row => $"openapi/{row.Link}",
                row =>
                    MarkdownText.Plain(row.Cell) is [var first, .. var rest]
                        ? $"{char.ToUpperInvariant(first)}{rest}."
                        : "",
                StringComparer.Ordinal
            );

    private static Chapter Read(string file, string text, string? subject)
    {
        var document = MarkdownText.Parse(text);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Redirect(link, file);
        }
        var headings = document.Descendants<HeadingBlock>().ToList();
        var title = headings.FirstOrDefault(heading => heading.Level == 1);
        var first = document.OfType<ParagraphBlock>().FirstOrDefault();
        var chapter = new Chapter
        {
            Name = NameOf(file),
            File = file,
            Title =
                title is null ? file
                : file == StartFile ? $"{MarkdownText.Plain(title)}: the first five minutes"
                : MarkdownText.Plain(title),
            Summary = subject ?? (first is null ? "" : FirstSentence(MarkdownText.Plain(first))),
            Headings =
            [
                .. headings
                    .Where(heading => heading.Level == 2)
                    .Select(heading => (heading.TryGetAttributes()?.Id ?? "", MarkdownText.Plain(heading))),
            ],
            Parts = MarkdownText.Cut(MarkdownText.ToHtml(document), PublicAddress.Example),
        };
        return chapter;
    }

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 1)] : text;

    // A link to a file of the repository leads to the page of that file. Without such a page only its text stays.
    private static void Redirect(LinkInline link, string file)
    {
        if (link.Url is not { Length: > 0 } url || url[0] == '#' || url.Contains("://", StringComparison.Ordinal))
        {
            return;
        }
        var parts = url.Split('#', 2);
        var target = new Uri(new Uri($"http://repository/{file}"), parts[0]).AbsolutePath.TrimStart('/');
        if (Downloads.TryGetValue(target, out var download))
        {
            link.Url = download;
        }
        else if (OtherFiles.ContainsKey(target) || IsChapter(target))
        {
            link.Url = $"/guide/{NameOf(target)}{(parts.Length > 1 ? $"#{parts[1]}" : "")}";
        }
        else
        {
            while (link.FirstChild is { } child)
            {
                child.Remove();
                link.InsertBefore(child);
            }
            link.Remove();
        }
    }

    private static bool IsChapter(string path) =>
        path.StartsWith("openapi/", StringComparison.Ordinal)
        && path.EndsWith(".md", StringComparison.Ordinal)
        && path.Count(c => c == '/') == 1;
}
