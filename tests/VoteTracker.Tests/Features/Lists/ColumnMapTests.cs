using System.Text.Json.Nodes;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>The columns of a list are recognised by usual headers, or named by the caller.</summary>
public sealed class ColumnMapTests
{
    [Test]
    public async Task A_caller_names_columns_in_any_case_and_encoding()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var import = await app.Imported(
            OfStances(id),
            "Délégation (où ?),Avis,Certainty,Sure?\nNorvège,oui,confirmed,likely\n",
            $"?map={Uri.EscapeDataString("delegation ou:member_state, AVIS : position,Sure:certainty,Certainty:ignore")}"
        );
        import.Changes().ShouldBe(["2 NOR position: unknown → yes, certainty:  → likely, evidence:  → second-hand"]);
        Mapped(import).ShouldBe(["délégation (où ?) > member_state", "avis > position", "sure? > certainty"]);
        import["ignoredColumns"]!.AsArray().Single()!.Text("column").ShouldBe("certainty (not read)");
    }

    [Test]
    public async Task A_column_that_is_mapped_replaces_the_one_with_the_name()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var import = await app.Imported(
            OfStances(id),
            "Country,Position,Position on Monday\nNorway,yes,no\n",
            "?map=Position%20on%20Monday:position"
        );
        import["changes"]![0]!["fields"]![0]!.Text("to").ShouldBe("no");
    }

    [TestCase("Contry:member_state", "no column 'contry'; did you mean 'country'?")]
    [TestCase("Where:member_state", "no column 'where'; it has 'country', 'vote'")]
    [TestCase("Country:state", "must name one of the columns iso3, iso2")]
    [TestCase("Country:member_state,Vote:member_state", "must map one column to member_state")]
    [TestCase("Country", "must be pairs such as Country:member_state")]
    [TestCase(":member_state", "must be pairs such as Country:member_state")]
    [TestCase("Country:", "must be pairs such as Country:member_state")]
    public async Task A_wrong_map_is_a_400(string map, string fault)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Import(
            OfStances(id),
            "Country,Vote\nNorway,yes\n",
            $"?map={Uri.EscapeDataString(map)}"
        );
        (await answer.ShouldBeProblem(400, "map"))["errors"]!["map"]![0]!.GetValue<string>().ShouldContain(fault);
    }

    [Test]
    public async Task Two_columns_that_mean_the_same_are_a_400_that_names_both()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var answer = await app.Import(OfStances(id), "Country,State,Vote\nNorway,Norway,yes\n");
        (await answer.ShouldBeProblem(400, "header"))
            .Text("detail")!
            .ShouldContain("member_state (read from 'country' and 'state'; the parameter map selects one)");
        (
            await app.Imported(
                OfStances(id),
                "Country,State,Vote\nNorway,x,yes\n",
                "?map=Country:member_state,State:ignore"
            )
        )
            .Changes()
            .Count()
            .ShouldBe(1);
    }

    [Test]
    public async Task The_recorded_vote_of_an_export_is_not_read_as_the_position()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        (await app.Imported(OfStances(id), "iso3,position,vote\nNOR,yes,no\n", "?dryRun=true"))
            .Changes()
            .Single()
            .ShouldContain("position: unknown → yes");
        foreach (var column in (string[])["vote_undl", "version"])
        {
            using var only = await app.Import(OfStances(id), $"iso3,vote,{column}\nNOR,no,\n");
            await only.ShouldBeProblem(400, "header");
        }
    }

    [Test]
    public async Task A_vote_beside_a_code_is_the_position()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var import = await app.Imported(OfStances(id), "ISO3,Country,Vote\nNOR,Norway,yes\n");
        import.Changes().Single().ShouldContain("position: unknown → yes");
        Mapped(import).ShouldContain("vote > position");
    }

    [Test]
    public async Task An_empty_cell_clears_a_note_only_in_an_edited_export()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Imported(OfStances(id), "iso3,position,note,evidence_url\nNOR,yes,Keep me,https://example.org/a\n");
        (await app.Imported(OfStances(id), "Country,Vote,Notes,Link\nNorway,yes,,\n")).Changes().ShouldBeEmpty();
        (await app.Imported(OfStances(id), "iso3,version,position,note,evidence_url\nNOR,,yes,,\n"))
            .Changes()
            .Single()
            .ShouldBe("2 NOR evidence_url: https://example.org/a → , note: Keep me → ");
    }

    private static IEnumerable<string> Mapped(JsonNode import) =>
        import["mappedColumns"]!.AsArray().Select(c => $"{c!.Text("column")} > {c!.Text("readAs")}");
}
