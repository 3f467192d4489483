using System.Text.Json;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Packages;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>A column is described once, in its row's class, and every description of it is the same.</summary>
public sealed class DataDictionaryTests
{
    private const string Begin = "<!-- The tables below are made from the classes of the rows. -->\n";
    private const string End = "<!-- The tables above are made from the classes of the rows. -->\n";

    [Test]
    public void Every_row_that_is_exported_is_a_table_and_every_column_is_described()
    {
        Table.All.Count.ShouldBeGreaterThan(7);
        var paths = Routes.All.SelectMany(r => r.Paths).ToList();
        foreach (var table in Table.All.Where(t => t.Name != "tally"))
        {
            paths.ShouldContain(path => path.EndsWith($"/export/{table.Name}.{{format}}", StringComparison.Ordinal));
        }
        foreach (var table in Table.All)
        {
            table.Description.ShouldNotBeEmpty(table.Name);
            table.Columns.ShouldNotBeEmpty(table.Name);
            foreach (var column in table.Columns)
            {
                column.Name.ShouldMatch("^[a-z][a-z0-9_]*$");
                column.Description.ShouldEndWith(".", Case.Sensitive, $"{table.Name} {column.Name}");
                column.Source.ShouldNotBeEmpty($"{table.Name} {column.Name}");
                (column.RefersTo is null || Table.All.Any(t => t.Name == column.RefersTo)).ShouldBeTrue(column.Name);
            }
            table.Key.ShouldBeSubsetOf(table.Columns.Select(c => c.Name));
        }
    }

    [Test]
    public void A_column_means_the_same_in_every_table()
    {
        var shared = Table
            .All.SelectMany(t => t.Columns, (t, c) => (Table: t.Name, Column: c))
            .Where(c =>
                c.Column.Name is "iso3" or "iso2" or "m49" or "un_name" or "regional_group" or "vote" or "intended"
            )
            .ToLookup(c => c.Column.Name, c => c.Column with { RefersTo = null });
        shared.Count.ShouldBe(7);
        foreach (var column in shared)
        {
            column.Select(c => (c.Description, c.Type, c.Source)).Distinct().ShouldHaveSingleItem();
        }
        // A forecast and a fact never share one.
        Table
            .All.SelectMany(t => t.Columns)
            .Where(c => c.Words.Contains("undecided") && c.Words.Contains("non-voting"))
            .ShouldBeEmpty();
    }

    [Test]
    public async Task The_header_and_the_json_are_the_dictionarys()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        foreach (var table in Table.All.Where(t => t.Name is not ("matrix" or "tally")))
        {
            var path = table.Name switch
            {
                "stances" or "breakdown" or "co-sponsors" or "history" => $"/v1/resolutions/{id}/export/{table.Name}",
                _ => $"/v1/export/{table.Name}",
            };
            (await Exported.Csv(app.Viewer, $"{path}.csv")).Header.ShouldBe(table.Columns.Select(c => c.Name));
            var row = (await app.Viewer.GetJson($"{path}.json")).AsArray()[0]!.AsObject();
            row.Select(p => p.Key).ShouldBe(table.Columns.Select(c => c.Json), table.Name);
            row.Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Key))
                .ShouldBe(table.Columns.Select(c => c.Name));
        }
    }

    [Test]
    public void The_data_dictionary_in_the_repository_is_the_one_of_the_classes()
    {
        var file = Path.Combine(Repository.Root, "data", "README.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (
            text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            text.IndexOf(End, StringComparison.Ordinal)
        );
        begin.ShouldBeGreaterThan(Begin.Length);
        end.ShouldBeGreaterThan(0);
        var tables =
            "\n" + string.Join("\n", Table.All.Select(table => DataDictionary.Markdown(table, level: 3))) + "\n";
        if (Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_REFRESH") == "1")
        {
            File.WriteAllText(file, text[..begin] + tables + text[end..]);
            return;
        }
        text[begin..end]
            .ShouldBe(
                tables,
                "data/README.md says something else than the rows' classes. If those are meant, refresh it: "
                    + "VOTETRACKER_TESTS_REFRESH=1 dotnet test --filter The_data_dictionary_in_the_repository"
            );
    }
}
