using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Conventions;

/// <summary>Folders, files and classes stay small enough to read at once.</summary>
public sealed partial class SizeTests
{
    private const int MaxFilesInFolder = 24;
    private const int MaxLinesOfFile = 260;
    private const int MaxLinesOfClass = 200;
    private const string Reason = "Over 200 lines because ";

    [Test]
    public void No_folder_has_more_than_24_source_files()
    {
        var folders = Source
            .Files("")
            .Select(f => $"src/VoteTracker/{f.Name}")
            .Concat(Source.OfTests().Select(f => $"tests/{f.Name}"))
            .CountBy(path => path[..path.LastIndexOf('/')])
            .ToDictionary();
        folders.Count.ShouldBeGreaterThan(40);
        folders.Values.Max().ShouldBeGreaterThan(10);
        folders.Where(f => f.Value > MaxFilesInFolder).Select(f => $"{f.Key} has {f.Value} files").ShouldBeEmpty();
    }

    [Test]
    public void No_source_file_has_more_than_260_lines()
    {
        var files = Source
            .Files("")
            .Concat(Source.OfTests())
            .Select(f => (f.Name, Lines: Lines(f.Text).Length))
            .ToList();
        files.Count.ShouldBeGreaterThan(600);
        files.Max(f => f.Lines).ShouldBeGreaterThan(150);
        files.Where(f => f.Lines > MaxLinesOfFile).Select(f => $"{f.Name} has {f.Lines} lines").ShouldBeEmpty();
    }

    [Test]
    public void Every_class_over_200_lines_states_the_reason_in_its_first_comment()
    {
        var classes = Source.Files("").SelectMany(f => Classes(f.Name, f.Text)).ToList();
        classes.Count.ShouldBeGreaterThan(300);
        classes.Max(c => c.Lines).ShouldBeGreaterThan(150);
        classes
            .Where(c => c.Lines > MaxLinesOfClass && !c.Comment.Contains(Reason, StringComparison.Ordinal))
            .Select(c => $"{c.Name} has {c.Lines} lines and does not state: {Reason}…")
            .ShouldBeEmpty();
        // A class that has become smaller needs no reason.
        classes
            .Where(c => c.Lines <= MaxLinesOfClass && c.Comment.Contains(Reason, StringComparison.Ordinal))
            .Select(c => $"{c.Name} has {c.Lines} lines")
            .ShouldBeEmpty();
    }

    // The types that are not nested, with the documentation comment before each. CSharpier formats every file, so a type
    // begins and ends in the first column.
    private static IEnumerable<(string Name, int Lines, string Comment)> Classes(string file, string text)
    {
        var lines = Lines(text);
        for (var start = 0; start < lines.Length; start++)
        {
            if (!TypeDeclaration().IsMatch(lines[start]))
            {
                continue;
            }
            var end = Array.FindIndex(lines, start, line => line is "}" || line.EndsWith(';') && !line.StartsWith(' '));
            var comment = lines[..start]
                .Reverse()
                .TakeWhile(line => line.StartsWith("///", StringComparison.Ordinal) || line.StartsWith('['))
                .Reverse();
            yield return (
                $"{file}: {lines[start]}",
                end - start + 1,
                string.Join(' ', comment.Select(line => line.TrimStart('/', ' ')))
            );
        }
    }

    private static string[] Lines(string text) => text.TrimEnd().ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex(
        @"^(public|internal) ([a-z]+ )*(class|record|struct|interface|enum) \w+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex TypeDeclaration();
}
