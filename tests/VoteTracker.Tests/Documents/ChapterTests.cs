using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Documents;

/// <summary>Every command of every document works, in the order of the document.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ChapterTests
{
    [TestCaseSource(nameof(Chapters))]
    public async Task Every_command_of_a_chapter_works(string path)
    {
        var chapter = new Chapter(Document.All.Single(d => d.Path == path));
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        // A chapter creates a webhook whose receiver is on the same machine. Another one reads metrics.
        await using var service = await Service.Start(
            folder,
            settings: ["--WebhookHosts", "127.0.0.1:9000", "--Metrics", "true"]
        );
        Chapter[] chapters = chapter.Continues ? [Readme, chapter] : [chapter];
        (await Chapter.Run(folder, service.Address, App.AdminKey, chapters)).ShouldBeEmpty(path);
    }

    [Test]
    public void Code_is_run_or_in_a_language_that_is_only_shown() =>
        Document
            .All.SelectMany(d => new Chapter(d).Unknown.Select(b => $"{d.Path}:{b.Line} {b.Language}"))
            .ShouldBeEmpty("use sh for commands, text for what they print");

    [Test]
    public void Every_command_that_is_not_run_is_in_a_document()
    {
        var blocks = Document.All.SelectMany(d => d.Blocks).Where(b => b.Language == "sh").ToList();
        blocks.Count.ShouldBeGreaterThan(50);
        Chapter
            .NotRun.Where(n => !blocks.Exists(b => (b.Code + "\n").StartsWith(n.Start, StringComparison.Ordinal)))
            .Select(n => n.Start)
            .ShouldBeEmpty();
        // Few enough to be read.
        blocks.Count(Chapter.IsNotRun).ShouldBeLessThan(blocks.Count / 2);
    }

    [Test]
    public async Task A_command_that_fails_and_a_line_that_is_not_printed_are_found()
    {
        using var folder = new Folder();
        var failing = new Document("x.md", "```sh\necho one\n```\n\n```sh\nfalse\n```\n");
        (await Chapter.Run(folder, new Uri("http://127.0.0.1:1"), "", new Chapter(failing))).ShouldStartWith(
            "line 5: false"
        );

        using var other = new Folder();
        var silent = new Document("x.md", "```sh\necho one two three\n```\n\n```text\none … three\nfour\n```\n");
        (await Chapter.Run(other, new Uri("http://127.0.0.1:1"), "", new Chapter(silent))).ShouldStartWith(
            "line 1: 'four'"
        );
    }

    [Test]
    public async Task An_error_is_accepted_only_where_the_chapter_shows_it()
    {
        using var folder = new Folder();
        var shown = new Document(
            "x.md",
            "```sh\necho HTTP/1.1 404; exit_with() { return $1; }; exit_with 22\n```\n\n```text\nHTTP/1.1 404\n```\n"
        );
        (await Chapter.Run(folder, new Uri("http://127.0.0.1:1"), "", new Chapter(shown))).ShouldBeEmpty();
        using var other = new Folder();
        var hidden = new Document("x.md", "```sh\nexit_with() { return $1; }; exit_with 22\n```\n");
        (await Chapter.Run(other, new Uri("http://127.0.0.1:1"), "", new Chapter(hidden))).ShouldStartWith("line 1:");
    }

    internal static Chapter Readme => new(Document.All.Single(d => d.Path == "README.md"));

    private static IEnumerable<string> Chapters() =>
        Document.All.Where(d => d.Path != "README.md" && new Chapter(d).Steps.Count > 0).Select(d => d.Path);
}
