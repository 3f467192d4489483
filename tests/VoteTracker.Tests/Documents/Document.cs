using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Documents;

/// <summary>A Markdown file of the project.</summary>
internal sealed partial record Document(string Path, string Text)
{
    private static readonly string[] Folders = ["openapi", "data", "src", "tests", ".github"];

    /// <summary>All of them. Files of packages and builds are not documents.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. Folders
            .SelectMany(folder => Files(System.IO.Path.Combine(Repository.Root, folder)))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file))
            .Prepend("README.md")
            .Order(StringComparer.Ordinal)
            .Select(path => new Document(path, Repository.Read(path).ReplaceLineEndings("\n"))),
    ];

    /// <summary>Its fenced code.</summary>
    public IReadOnlyList<CodeBlock> Blocks { get; } =
    [
        .. Fence()
            .Matches(Text)
            .Select(m => new CodeBlock(
                m.Groups["language"].Value,
                m.Groups["code"].Value.Trim(),
                LineOf(Text, m.Index)
            )),
    ];

    /// <summary>
    /// Its prose: paragraphs, items of lists and cells of tables, each with its line. Code, headings, comments and what
    /// is generated between two comments are left out. A piece of code in a sentence is one word.
    /// </summary>
    public IEnumerable<(int Line, string Text)> Prose()
    {
        var lines = Blank(Text, Generated(), Fence(), Comment()).Split('\n');
        var paragraph = "";
        var start = 0;
        for (var i = 0; i <= lines.Length; i++)
        {
            var line = i < lines.Length ? lines[i].Trim() : "";
            var isTable = line.StartsWith('|');
            var begins = line.Length == 0 || isTable || line[0] == '#' || Item().IsMatch(line);
            if (begins && paragraph.Length > 0)
            {
                yield return (start, Plain(paragraph));
                paragraph = "";
            }
            if (isTable)
            {
                foreach (var cell in Pipe().Split(line))
                {
                    yield return (i + 1, Plain(cell));
                }
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                (start, paragraph) = (paragraph.Length == 0 ? i + 1 : start, $"{paragraph} {Item().Replace(line, "")}");
            }
        }
    }

    /// <summary>The addresses it links to, with their lines.</summary>
    public IEnumerable<(int Line, string Target)> Links() =>
        Link().Matches(Blank(Text, Fence(), Span())).Select(m => (LineOf(Text, m.Index), m.Groups["target"].Value));

    /// <summary>The anchors of its headings, as GitHub forms them.</summary>
    public IReadOnlySet<string> Anchors() =>
        Heading()
            .Matches(Blank(Text, Fence()))
            .Select(m => NotInAnchor().Replace(m.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"));

    private static int LineOf(string text, int index) => 1 + text.AsSpan(0, index).Count('\n');

    // Keeps the lines, so that what is found is reported where it is.
    private static string Blank(string text, params Regex[] patterns) =>
        patterns.Aggregate(text, (rest, pattern) => pattern.Replace(rest, m => NotALineEnd().Replace(m.Value, " ")));

    private static string Plain(string markdown) =>
        Link().Replace(Span().Replace(markdown, "code"), m => m.Groups["label"].Value).Trim();

    [GeneratedRegex(
        "^ *```(?<language>[a-z]*)\n(?<code>.*?)^ *```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Fence();

    [GeneratedRegex(
        "<!-- The tables? below .*?-->.*?<!-- The tables? above .*?-->",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Generated();

    [GeneratedRegex("^---\n.*?\n---\n|<!--.*?-->", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();

    [GeneratedRegex("`[^`]+`", RegexOptions.ExplicitCapture)]
    private static partial Regex Span();

    [GeneratedRegex(@"\[(?<label>[^\]]*)\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:[-*]|\d+\.) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture)]
    private static partial Regex Pipe();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"[^\n]", RegexOptions.ExplicitCapture)]
    private static partial Regex NotALineEnd();
}

/// <summary>A piece of fenced code with its language and line.</summary>
internal sealed record CodeBlock(string Language, string Code, int Line);
