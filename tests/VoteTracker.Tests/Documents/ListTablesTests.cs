using VoteTracker.Features.Lists;

namespace VoteTracker.Tests.Documents;

/// <summary>The tables of headers and words in the chapter about lists are the program's.</summary>
public sealed class ListTablesTests
{
    [Test]
    public void The_tables_of_headers_and_words_are_the_programs()
    {
        UsualHeaders.All.Count.ShouldBeGreaterThan(15);
        ListWords.All.Count.ShouldBeGreaterThan(20);
        var headers =
            "\n| column | headers |\n|---|---|\n"
            + string.Concat(UsualHeaders.All.Select(row => $"| `{row.Column}` | {string.Join(", ", row.Headers)} |\n"))
            + "\n";
        var words =
            "\n| column | word | also understood |\n|---|---|---|\n"
            + string.Concat(
                ListWords.All.Select(row =>
                    $"| `{row.Column}` | `{row.Word}` | {string.Join(", ", row.Texts.Select(text => $"`{text}`"))} |\n"
                )
            )
            + "\n";
        Check("UsualHeaders", headers);
        Check("ListWords", words);
    }

    private static void Check(string name, string table)
    {
        var file = Path.Combine(Repository.Root, "openapi", "lists.md");
        var text = File.ReadAllText(file);
        var begin = $"<!-- The table below is made from the class {name}. -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf($"<!-- The table above is made from the class {name}. -->", StringComparison.Ordinal);
        from.ShouldBeGreaterThan(begin.Length);
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            File.WriteAllText(file, text[..from] + table + text[to..]);
            return;
        }
        text[from..to]
            .ShouldBe(
                table,
                "The table in openapi/lists.md differs from the class. Refresh it: "
                    + "VOTETRACKER_TESTS_REFRESH=1 dotnet test --filter The_tables_of_headers_and_words"
            );
    }
}
