using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Titles can be above the header of a list, and a row can have no position.</summary>
public sealed class TitleLinesTests
{
    [TestCase("Positions as of Friday\nCountry,Vote\nNorway,yes\n", 2)]
    [TestCase("Positions, as of Friday\n\n;;\nTeam 2\nCountry;Vote\nNorway;yes\n", 5)]
    [TestCase("sep=;\n\"Positions; as of Friday\"\nCountry;Vote\nNorway;yes\n", 3)]
    [TestCase("Country,Vote\nNorway,yes\n", 1)]
    public async Task The_header_of_a_CSV_file_is_found_below_titles(string csv, int header)
    {
        using var app = new App();
        var done = await app.Imported(OfStances(await app.OpenDraft()), csv);
        done.Int("headerLine").ShouldBe(header);
        done.Int("lines").ShouldBe(1);
        done.Changes()
            .ShouldBe([$"{header + 1} NOR position: unknown → yes, certainty:  → leaning, evidence:  → second-hand"]);
    }

    [Test]
    public async Task The_header_of_a_workbook_is_found_below_titles()
    {
        using var app = new App();
        var done = await app.Imported(
            OfStances(await app.OpenDraft()),
            WorkbookBuilder.Of([
                ["Positions as of Friday"],
                ["", "Team 2", "", "x"],
                ["Country", "Vote"],
                ["Norway", "yes"],
                ["Sweden", "no"],
            ])
        );
        done.Int("headerLine").ShouldBe(3);
        done.Changes().Select(change => change[..5]).ShouldBe(["4 NOR", "5 SWE"]);
    }

    [Test]
    public async Task A_file_without_a_header_is_refused_as_before()
    {
        using var app = new App();
        var path = OfStances(await app.OpenDraft());
        var titles = string.Concat(Enumerable.Repeat("A title\n", 10));
        using var far = await app.Import(path, $"{titles}Country,Vote\nNorway,yes\n");
        await far.ShouldBeProblem(400, "header");
        using var book = await app.Import(
            path,
            WorkbookBuilder.Of([
                ["A title"],
                ["Norway"],
                ["yes"],
            ])
        );
        await book.ShouldBeProblem(400, "header");
        // A column that `map` names belongs to the header too.
        var done = await app.Imported(path, "A title\nLand,Vote\nNorway,yes\n", "?map=Land:member_state");
        done.Int("headerLine").ShouldBe(2);
        using var wrong = await app.Import(path, "A title\nCountry,Vote\nNowhere,yes\n");
        (await wrong.WrongLines()).ShouldHaveSingleItem().ShouldStartWith("line 3, member_state");
        (await wrong.ShouldBeProblem(400)).Text("detail")!.ShouldStartWith("line 3, member_state");
    }

    [Test]
    public async Task A_row_without_a_position_changes_the_note_of_a_recorded_stance_and_is_wrong_elsewhere()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "PER", "yes");
        using var wrong = await app.Import(
            OfStances(id),
            "Country,Vote,Notes\nPeru,,left a message\nChile,,left a message\n"
        );
        (await wrong.WrongLines()).ShouldBe([
            "line 3, position ('vote'): must be one of unknown, yes, no, abstain, absent, undecided; it is empty, and no position is recorded that the row can belong to: write ? for undecided, or leave the note empty",
        ]);
        (await app.Imported(OfStances(id), "Country,Vote,Notes\nPeru,,left a message\nChile,,\n"))
            .Changes()
            .ShouldBe(["2 PER note:  → left a message"]);
        var peru = await app.Lobbyist.GetJson($"{OfStances(id)}/PER");
        (peru.Text("position"), peru.Text("certainty"), peru.Text("evidence"), peru.Text("note")).ShouldBe(
            ("yes", "confirmed", "meeting", "left a message")
        );
    }

    [Test]
    public async Task A_guess_of_a_list_has_its_certainty()
    {
        using var app = new App();
        (
            await app.Imported(
                OfStances(await app.OpenDraft()),
                "Country,Vote\nNorway,yes?\nSweden,probably\nKenya,Probably not\nPeru,?\n"
            )
        )
            .Changes()
            .Select(change => change.Replace(", evidence:  → second-hand", "", StringComparison.Ordinal))
            .ShouldBe([
                "2 NOR position: unknown → yes, certainty:  → leaning",
                "3 SWE position: unknown → yes, certainty:  → likely",
                "4 KEN position: unknown → no, certainty:  → likely",
                "5 PER position: unknown → undecided, certainty:  → leaning",
            ]);
    }
}
