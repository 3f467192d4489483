using VoteTracker.Tests.Endpoints;
using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Stances.StanceNotes;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A program that rewrites a table of stances changes no stance.</summary>
public sealed class RewrittenTablesTests
{
    [Test]
    public async Task Placeholders_of_programs_are_not_saved_as_text()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        await Each.Run(
            (string[])
                [
                    "NA",
                    "NaN",
                    "nan",
                    "NULL",
                    "None",
                    "N/A",
                    "#N/A",
                    "#REF!",
                    "#ERROR!",
                    "NaT",
                    "\"NA\"",
                    " NA\u00A0",
                    "'#REF!",
                ],
            async placeholder =>
            {
                foreach (var column in (string[])["note", "evidence_url", "reason", "contact"])
                {
                    // A reason belongs to a change.
                    var csv =
                        column == "reason"
                            ? $"iso3,position,reason\nNOR,no,{placeholder}\n"
                            : $"iso3,position,{column}\nNOR,yes,{placeholder}\n";
                    if (placeholder == "'#REF!")
                    {
                        // The apostrophe is a part of the text, because # does not begin a formula.
                        continue;
                    }
                    using var answer = await app.Coordinator.ImportStances(id, csv);
                    var found = placeholder.Trim('"', ' ', '\u00A0');
                    (await answer.WrongLines()).ShouldBe([
                        $"line 2, {column}: must not be '{found}', which programs write for a missing value; leave the cell empty",
                    ]);
                }
            }
        );
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/stances/NOR")).Field("note").ShouldBeNull();
    }

    [Test]
    public async Task A_recorded_placeholder_is_unchanged_after_an_import()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Note(app, id, "NOR", "NA");
        await Note(app, id, "ARG", "coÃ»t");
        var export = await app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv");
        using var answer = await app.Coordinator.ImportStances(id, export);
        (await Done(answer))["changes"]!.AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task A_row_with_only_its_state_changes_nothing()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Note(app, id, "NOR", "a note");
        using var answer = await app.Coordinator.ImportStances(
            id,
            "iso3,position,certainty,evidence,note\nNOR,,,,\nPSE,,,,\nKEN,yes,likely,call,\n"
        );
        var import = await Done(answer);
        import["changes"]!.AsArray().ShouldHaveSingleItem()!.Text("memberState").ShouldBe("KEN");
        (import.Int("lines"), import.Int("unchanged")).ShouldBe((3, 2));
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/stances/NOR")).Text("note").ShouldBe("a note");
    }

    [TestCase("\r\nfirst line")]
    [TestCase("\rfirst line")]
    [TestCase("\n'first line")]
    [TestCase("'\r\n=1+1")]
    [TestCase("\u200Bfirst\u00A0")]
    public async Task A_note_is_unchanged_when_a_program_rewrites_line_ends(string note)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Note(app, id, "NOR", note);
        var export = await app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv");
        foreach (
            var csv in (string[])
                [
                    export,
                    export.Replace("\r\n", "\n", StringComparison.Ordinal),
                    export.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'),
                    export.Replace("\r\n", "\r", StringComparison.Ordinal),
                ]
        )
        {
            using var answer = await app.Coordinator.ImportStances(id, csv);
            (await Done(answer))["changes"]!.AsArray().ShouldBeEmpty(csv);
        }
    }
}
