using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Documents;

/// <summary>
/// Documents and source are in plain words: the words that .github/CONTRIBUTING.md lists under "do not write", and old names of types,
/// are in no document, source file or contract.
/// </summary>
public sealed partial class PlainWordsTests
{
    [Test]
    public void No_document_has_a_word_of_the_list() =>
        Lines(Find(Document.All.Select(d => (d.Path, Span().Replace(d.Text, Blank))))).ShouldBeEmpty();

    [Test]
    public void No_source_file_has_a_word_of_the_list()
    {
        var files = Sources("src", "*.cs")
            .Concat(Sources("tests", "*.cs"))
            .Concat(Sources("openapi", "*.http"))
            .Concat(Sources("src", "*.conf"))
            .ToList();
        files.Count.ShouldBeGreaterThan(400);
        Lines(Find(files)).ShouldBeEmpty();
    }

    [Test]
    public void The_contract_has_no_word_of_the_list() =>
        Lines(Find([("openapi/votetracker.v1.json", Repository.Read("openapi/votetracker.v1.json"))])).ShouldBeEmpty();

    [Test]
    public void A_word_of_the_list_is_found_in_any_case_and_an_old_name_as_it_was_written()
    {
        var (words, names) = (Listed(), OldNames());
        words.Count.ShouldBeGreaterThan(15);
        names.Count.ShouldBeGreaterThan(40);
        foreach (var word in words)
        {
            var found = word.Replace("…", "the record", StringComparison.Ordinal).ToUpperInvariant();
            Find([("x.cs", $"one\n// So {found}, and more")]).Count.ShouldBe(1, word);
            var broken = found.Replace(" ", "\n    /// ", StringComparison.Ordinal);
            Find([("x.cs", $"/// {broken}")]).Count.ShouldBe(1, word);
        }
        foreach (var name in names)
        {
            Find([("x.cs", $"one\nvar x = new {name}();")]).Count.ShouldBe(1, name);
        }
        Find([("x.cs", "An amendment is commended by many.")]).ShouldBeEmpty();
    }

    private static List<string> Find(IEnumerable<(string Path, string Text)> files)
    {
        var words = Pattern(Listed(), RegexOptions.IgnoreCase);
        var names = Pattern(OldNames(), RegexOptions.None);
        return
        [
            .. from file in files
            from match in words.Matches(file.Text).Concat(names.Matches(file.Text))
            let line = 1 + file.Text.AsSpan(0, match.Index).Count('\n')
            select $"{file.Path}:{line} {Space().Replace(match.Value, " ")}: {file.Text.Split('\n')[line - 1].Trim()}",
        ];
    }

    // A phrase may continue in the next line, also of a comment. "…" stands for one to four words.
    private static Regex Pattern(IEnumerable<string> phrases, RegexOptions options)
    {
        const string space = @"[\s/]+";
        var patterns = phrases.Select(phrase =>
            string.Join(space, phrase.Split(' ').Select(w => w == "…" ? $@"\w+(?:{space}\w+){{0,3}}" : Regex.Escape(w)))
        );
        // "If there is none" is plain.
        return new($@"\b(?<!there\s)(?:{string.Join('|', patterns)})\b", options | RegexOptions.ExplicitCapture);
    }

    // The first column of the table in CONTRIBUTING.md.
    private static List<string> Listed() =>
        [
            .. Repository
                .Read(".github/CONTRIBUTING.md")
                .Split('\n')
                .SkipWhile(line => !line.StartsWith("| do not write |", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
                .SelectMany(line => Span().Matches(line.Split('|')[1]))
                .Select(m => m.Value.Trim('`')),
        ];

    private static List<string> OldNames() =>
        [
            .. Repository
                .Read("tests/VoteTracker.Tests/Documents/old-names.txt")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        ];

    private static IEnumerable<(string Path, string Text)> Sources(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file)));

    // One place a line, so that a failure can be read and followed.
    private static string Lines(IEnumerable<string> places) => string.Join('\n', places);

    private static string Blank(Match match) => new(' ', match.Length);

    [GeneratedRegex(@"[\s/]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Space();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.ExplicitCapture)]
    private static partial Regex Span();
}
