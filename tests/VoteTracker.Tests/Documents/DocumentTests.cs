using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Documents;

/// <summary>Documents are complete and readable: links lead somewhere, sentences are short.</summary>
public sealed partial class DocumentTests
{
    private const int MostWords = 25;

    [Test]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var links = Document.All.SelectMany(d => d.Links().Select(l => (Document: d, l.Line, l.Target))).ToList();
        links.Count.ShouldBeGreaterThan(50);
        links
            .Where(l => !l.Target.Contains("://", StringComparison.Ordinal))
            .Where(l => !Leads(l.Document, l.Target))
            .Select(l => $"{l.Document.Path}:{l.Line} {l.Target}")
            .ShouldBeEmpty();
    }

    [Test]
    public void Every_document_is_linked_to()
    {
        var linked = Document
            .All.SelectMany(d => d.Links().Select(l => Resolve(d, l.Target).Path))
            .Append("README.md")
            .ToHashSet(StringComparer.Ordinal);
        Document
            .All.Select(d => d.Path)
            .Where(path => !path.Contains("_TEMPLATE", StringComparison.OrdinalIgnoreCase) && !linked.Contains(path))
            .ShouldBeEmpty();
    }

    [Test]
    public void No_sentence_is_longer_than_25_words()
    {
        var prose = Document.All.SelectMany(d => d.Prose().Select(p => (d.Path, p.Line, p.Text))).ToList();
        prose.Count.ShouldBeGreaterThan(500);
        var tooLong = prose
            .SelectMany(p => Sentences(p.Text).Select(s => (p.Path, p.Line, Sentence: s)))
            .Where(s => Words(s.Sentence) > MostWords)
            .Select(s => $"{s.Path}:{s.Line} has {Words(s.Sentence)} words: {s.Sentence}");
        string.Join('\n', tooLong).ShouldBeEmpty();
    }

    [Test]
    public void A_long_sentence_is_found_wherever_it_is()
    {
        var longOne = string.Join(' ', Enumerable.Repeat("word", MostWords + 1));
        foreach (
            var text in (string[])[$"{longOne}.", $"- A.\n- {longOne}", $"| a | {longOne} |", $"# A\n\nB. {longOne}"]
        )
        {
            var document = new Document("x.md", text);
            document.Prose().SelectMany(p => Sentences(p.Text)).Count(s => Words(s) > MostWords).ShouldBe(1, text);
        }
        var code = new Document("x.md", $"```text\n{longOne}\n```\n\n`{longOne}`");
        code.Prose().SelectMany(p => Sentences(p.Text)).ShouldAllBe(s => Words(s) <= MostWords);
    }

    private static (string Path, string Anchor) Resolve(Document from, string target)
    {
        var parts = target.Split('#', 2);
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, from.Path))!;
        var path =
            parts[0].Length == 0
                ? from.Path
                : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, parts[0])));
        return (path, parts.ElementAtOrDefault(1) ?? "");
    }

    private static bool Leads(Document from, string target)
    {
        var (path, anchor) = Resolve(from, target);
        return Path.Exists(Path.Combine(Repository.Root, path))
            && (anchor.Length == 0 || Document.All.Any(d => d.Path == path && d.Anchors().Contains(anchor)));
    }

    private static string[] Sentences(string text) => End().Split(text);

    // A dash or a sign alone is no word.
    private static int Words(string sentence) => sentence.Split(' ').Count(word => word.Any(char.IsLetterOrDigit));

    [GeneratedRegex(@"(?<=[.!?:][)""*]*)\s+(?=\S)", RegexOptions.ExplicitCapture)]
    private static partial Regex End();
}
